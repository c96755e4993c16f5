/// The type of a parameter, by its object id, which PostgreSQL's catalogue fixes (`pg_type.dat`).
public struct PostgresType: Hashable, Sendable {
    /// The object id.
    public let objectID: UInt32

    /// Names a type.
    public init(objectID: UInt32) {
        self.objectID = objectID
    }

    /// `bytea`.
    public static let bytes = PostgresType(objectID: 17)
    /// `bigint`.
    public static let bigint = PostgresType(objectID: 20)
    /// `text`.
    public static let text = PostgresType(objectID: 25)
    /// `boolean`.
    public static let boolean = PostgresType(objectID: 16)
    /// `uuid`.
    public static let uuid = PostgresType(objectID: 2950)
    /// `bytea[]`.
    public static let bytesArray = PostgresType(objectID: 1001)
    /// `text[]`.
    public static let textArray = PostgresType(objectID: 1009)
    /// `uuid[]`.
    public static let uuidArray = PostgresType(objectID: 2951)
    /// `bigint[]`.
    public static let bigintArray = PostgresType(objectID: 1016)
}
