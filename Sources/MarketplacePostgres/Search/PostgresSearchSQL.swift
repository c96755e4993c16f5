/// A statement that is put together: whatever is data becomes a parameter.
struct PostgresSearchSQL {
    private var values: [PostgresValue] = []

    mutating func bigint(_ value: Int64) -> String { parameter(.bigint(value), "bigint") }

    mutating func text(_ value: String) -> String { parameter(.text(value), "text") }

    private mutating func parameter(_ value: PostgresValue, _ type: String) -> String {
        values.append(value)
        return "$\(values.count)::\(type)"
    }

    func statement(_ text: String) -> PostgresStatement { PostgresStatement(text, values: values) }
}
