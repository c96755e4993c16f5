/// The steps that bring a database up to date, forward only.
///
/// Opening a ``PostgresDatabase`` applies what is missing, in one transaction, whichever of several servers comes first;
/// nobody has to call anything here. It is for those whose servers may make no tables (see
/// ``PostgresConfiguration/migrates``), and for those who would rather do it before a release, or by hand:
///
/// ```swift
/// let applied = try await PostgresMigrations.apply(to: pool)
/// print(applied.map(\.name))
/// ```
///
/// Within one generation a step only adds what the releases before it can ignore, so that releases N and N+1 share a
/// database. A database of a later generation is refused.
public enum PostgresMigrations {
    /// All steps of this release, the first of which meets a database without our tables.
    public static let all = PostgresSchema.migrations

    /// The version that this release brings a database to.
    public static var latest: Int64 { PostgresSchema.version }

    /// The SQL of all steps behind a version, each in a transaction of its own, as `psql` reads it.
    ///
    /// A database that was brought up to date by it is one that ``PostgresDatabase`` opens, whether or not it may
    /// migrate. The tables belong to whoever runs it, and lie in the first schema of the `search_path`; the role of the
    /// servers needs the right to select, insert, update and delete.
    public static func script(after version: Int64 = 0) -> String {
        all.filter { $0.version > version }.map(\.script).joined(separator: "\n")
    }

    /// The version of a database; nil when it has no tables of ours.
    ///
    /// - Throws: ``PostgresOpeningError`` when the server cannot be reached, is too old, or the database is of a later
    ///   generation. It is not changed in any case.
    public static func version(of sessions: some PostgresSessions) async throws(PostgresOpeningError) -> Int64? {
        try await PostgresOpening(sessions: sessions, migrates: false).look()
    }

    /// Brings a database up to date.
    ///
    /// - Returns: The steps that were missing when it was looked at. Of several who call this at once one applies them,
    ///   and all return once that is done.
    /// - Throws: ``PostgresOpeningError``, as opening a ``PostgresDatabase`` does; the database is not changed then.
    @discardableResult
    public static func apply(
        to sessions: some PostgresSessions
    ) async throws(PostgresOpeningError) -> [PostgresMigration] {
        let opening = PostgresOpening(sessions: sessions, migrates: true)
        let before = try await opening.look() ?? 0
        try await opening.open()
        return all.filter { $0.version > before }
    }
}
