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
        PostgresValue(type: .bigint, bytes: value.bigEndianBytes)
    }

    /// A `bytea`.
    public static func bytes(_ value: [UInt8]) -> PostgresValue {
        PostgresValue(type: .bytes, bytes: value)
    }

    /// A `text`.
    public static func text(_ value: String) -> PostgresValue {
        PostgresValue(type: .text, bytes: Array(value.utf8))
    }

    /// A `bigint[]`.
    public static func bigints(_ values: some Collection<Int64>) -> PostgresValue {
        array(.bigintArray, of: .bigint, count: values.count, values.lazy.map { $0.bigEndianBytes })
    }

    /// A `bytea[]`, whose elements may be null.
    public static func bytesList(_ values: some Collection<[UInt8]?>) -> PostgresValue {
        array(.bytesArray, of: .bytes, count: values.count, values)
    }

    /// A `text[]`, whose elements may be null.
    public static func texts(_ values: some Collection<String?>) -> PostgresValue {
        array(.textArray, of: .text, count: values.count, values.lazy.map { $0.map { Array($0.utf8) } })
    }

    /// An array of one dimension, as `array_recv` of PostgreSQL reads it: dimensions, flags, element type, length, lower
    /// bound, and each element behind its length, which is -1 for null.
    private static func array(
        _ type: PostgresType,
        of element: PostgresType,
        count: Int,
        _ elements: some Sequence<[UInt8]?>
    ) -> PostgresValue {
        var bytes: [UInt8] = []
        let dimensions: Int32 = count == 0 ? 0 : 1
        let mayHaveNulls: Int32 = 1
        bytes += dimensions.bigEndianBytes
        bytes += mayHaveNulls.bigEndianBytes
        bytes += element.objectID.bigEndianBytes
        if count > 0 {
            bytes += Int32(truncatingIfNeeded: count).bigEndianBytes
            bytes += Int32(1).bigEndianBytes
        }
        for element in elements {
            bytes += Int32(truncatingIfNeeded: element?.count ?? -1).bigEndianBytes
            if let element { bytes += element }
        }
        return PostgresValue(type: type, bytes: bytes)
    }
}

extension FixedWidthInteger {
    /// The bytes, the highest first.
    var bigEndianBytes: [UInt8] {
        stride(from: Self.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> $0) }
    }
}
