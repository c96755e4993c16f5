/// One step that brings the tables of a database up to date.
public struct PostgresMigration: Hashable, Sendable {
    /// Its number: the generation times 1,000 and its place in it.
    public let version: Int64
    /// What it is about, in a word or two.
    public let name: String
    /// Its statements, in order.
    public let statements: [String]

    /// The statements as a script, with the line that says that the step was taken.
    public var sql: String {
        let record = "insert into marketplace_migration (version, name) values (\(version), '\(name)')"
        return (statements + [record]).map { "\($0);\n" }.joined()
    }
}
