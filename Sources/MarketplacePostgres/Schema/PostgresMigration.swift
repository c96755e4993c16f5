/// One step by which the tables of a database reach the form of a release.
///
/// A step that was released is never changed, and steps are applied in the order of their versions.
public struct PostgresMigration: Hashable, Sendable {
    /// Its number: the generation times 1,000 and the place within it.
    public let version: Int64
    /// What the step brings, in a few words.
    public let name: String
    /// The statements that change the tables, in order, without a transaction around them.
    public let statements: [String]

    /// The step as a whole, for people who run their own: one transaction, in which it is noted as well.
    ///
    /// It waits for servers that are just bringing the database up to date themselves.
    public var script: String {
        let note = "insert into marketplace_migration (version, name) values (\(version), '\(name)')"
        let isFirst = version == PostgresSchema.migrations.first?.version
        let opening = ["begin", PostgresSchema.lock] + (isFirst ? [PostgresSchema.record] : [])
        let lines = opening + statements + [note, "commit"]
        return "-- marketplace \(version): \(name)\n" + lines.map { "\($0);\n" }.joined()
    }
}
