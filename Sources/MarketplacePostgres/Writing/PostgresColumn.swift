/// The values of one column of some rows: sent as an array, and as a value of its own where there is one row.
///
/// What is done for one row then needs no function that makes rows of arrays, which is most of what it would cost.
enum PostgresColumn {
    case bigints([Int64?])
    case uuids([UInt128])
    case texts([String?])
    case bytes([[UInt8]?])

    /// How many rows there are.
    var count: Int {
        switch self {
        case .bigints(let values): values.count
        case .uuids(let values): values.count
        case .texts(let values): values.count
        case .bytes(let values): values.count
        }
    }

    /// All of them.
    var array: PostgresValue {
        switch self {
        case .bigints(let values): .bigints(orNull: values)
        case .uuids(let values): .uuids(values)
        case .texts(let values): .texts(values)
        case .bytes(let values): .bytesList(values)
        }
    }

    /// The first of them.
    var single: PostgresValue {
        switch self {
        case .bigints(let values): values.first?.map(PostgresValue.bigint) ?? PostgresValue(type: .bigint, bytes: nil)
        case .uuids(let values): values.first.map(PostgresValue.uuid) ?? PostgresValue(type: .uuid, bytes: nil)
        case .texts(let values): values.first?.map(PostgresValue.text) ?? PostgresValue(type: .text, bytes: nil)
        case .bytes(let values): values.first?.map(PostgresValue.bytes) ?? PostgresValue(type: .bytes, bytes: nil)
        }
    }
}
