/// A statement with its values, none of which is ever part of its text.
public struct PostgresStatement: Hashable, Sendable {
    /// The text, with `$1`, `$2` and so on for the values.
    public let sql: String
    /// A name that no other text has, by which a driver prepares the statement once per connection; nil for a statement
    /// that is not worth it.
    public let name: String?
    /// The values of the parameters.
    public let values: [PostgresValue]

    /// Makes a statement.
    public init(_ sql: String, name: String? = nil, values: [PostgresValue] = []) {
        self.sql = sql
        self.name = name
        self.values = values
    }
}
