/// The value of a parameter, in PostgreSQL's binary format.
public struct PostgresValue: Hashable, Sendable {
    /// Its type.
    public let type: PostgresType
    /// Its bytes; nil for null.
    public let bytes: [UInt8]?

    /// Makes a value of bytes in the binary format of its type.
    public init(type: PostgresType, bytes: [UInt8]?) {
        self.type = type
        self.bytes = bytes
    }

    /// A `bigint`.
    public static func bigint(_ value: Int64) -> PostgresValue {
        var bytes: [UInt8] = []
        bytes.appendBigEndian(value)
        return PostgresValue(type: .bigint, bytes: bytes)
    }

    /// A `boolean`.
    public static func boolean(_ value: Bool) -> PostgresValue {
        PostgresValue(type: .boolean, bytes: [value ? 1 : 0])
    }

    /// A `bytea`.
    public static func bytes(_ value: [UInt8]) -> PostgresValue {
        PostgresValue(type: .bytes, bytes: value)
    }

    /// A `text`.
    public static func text(_ value: String) -> PostgresValue {
        PostgresValue(type: .text, bytes: Array(value.utf8))
    }

    /// A `uuid` of these bits.
    public static func uuid(_ bits: UInt128) -> PostgresValue {
        var bytes: [UInt8] = []
        bytes.appendBigEndian(bits)
        return PostgresValue(type: .uuid, bytes: bytes)
    }
}
