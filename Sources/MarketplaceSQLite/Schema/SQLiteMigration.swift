#if SQLite
/// One step by which the tables of a file reach the form of a release.
///
/// A step that was released is never changed, and steps are applied in the order of their versions.
public struct SQLiteMigration: Sendable, Hashable {
    /// What `user_version` of a file is once the step is done: the generation times 1,000 and the place within it.
    public let version: Int64
    /// What the step brings, in a few words.
    public let name: String
    /// The statements that change the tables, without a transaction around them.
    public let sql: String

    /// The step as a whole, for people who run their own: one transaction, in which the file is marked as well.
    public var script: String {
        """
        -- marketplace \(version): \(name)
        begin immediate;
        \(sql)
        pragma application_id = \(SQLiteSchema.applicationID);
        pragma user_version = \(version);
        commit;
        """
    }
}
#endif
