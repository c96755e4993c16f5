/// Rows of one table of stock, column by column: how many rows there are, one statement writes them all.
struct PostgresStockRows {
    /// A column with its value in each row.
    typealias Column = (name: String, values: PostgresValue)

    /// The name of the table behind `marketplace_stock_`.
    let table: String
    let namespace: Int64
    let key: [Column]
    let columns: [Column]

    /// Adds the rows, or replaces those of the same keys.
    ///
    /// In ascending order, in which everybody locks them.
    var upsert: PostgresStatement {
        let names = key.map(\.name).joined(separator: ", ")
        let changes = columns.map { "\($0.name) = excluded.\($0.name)" }.joined(separator: ", ")
        return statement(
            "order by \(names) on conflict (namespace, \(names)) do update set \(changes)",
            name: "marketplace_upsert_\(table)"
        )
    }

    /// Adds the rows, and returns the key of each that was not there; the others stay as they are.
    var insertMissing: PostgresStatement {
        let names = key.map(\.name).joined(separator: ", ")
        return statement(
            "order by \(names) on conflict (namespace, \(names)) do nothing returning \(names)",
            name: "marketplace_insert_missing_\(table)"
        )
    }

    /// Adds the rows, none of which is there.
    var insert: PostgresStatement { statement("", name: "marketplace_insert_\(table)") }

    private func statement(_ rest: String, name: String) -> PostgresStatement {
        let all = key + columns
        let names = all.map(\.name).joined(separator: ", ")
        let types = all.enumerated().map { "$\($0 + 2)::\($1.values.type.sqlName)" }.joined(separator: ", ")
        return PostgresStatement(
            """
            insert into marketplace_stock_\(table) (namespace, \(names)) select $1, \(names) from unnest(\(types)) as \
            k(\(names)) \(rest)
            """,
            name: name,
            values: [.bigint(namespace)] + all.map(\.values)
        )
    }
}

extension PostgresType {
    /// The name of an array's type in SQL.
    fileprivate var sqlName: String {
        switch self {
        case .bytesArray: "bytea[]"
        case .uuidArray: "uuid[]"
        case .bigintArray: "bigint[]"
        default: "text[]"
        }
    }
}
