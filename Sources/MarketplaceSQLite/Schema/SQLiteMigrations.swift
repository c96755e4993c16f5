#if SQLite
import MarketplaceStorage

/// The steps that bring a file up to date, forward only.
///
/// Opening a ``SQLiteDatabase`` applies what is missing, in one transaction, whichever of several processes comes
/// first; nobody has to call anything here. It is for those who would rather do it before a release, or by hand:
///
/// ```swift
/// let applied = try await SQLiteMigrations.apply(to: .file("market.db"))
/// print(applied.map(\.name))
/// ```
///
/// Within one generation a step only adds what the releases before it can ignore, so that releases N and N+1 share a
/// file. A file of a later generation is refused.
public enum SQLiteMigrations {
    /// All steps of this release, the first of which meets an empty file.
    public static let all = SQLiteSchema.steps

    /// The version that this release brings a file to.
    public static var latest: Int64 { SQLiteSchema.version }

    /// The SQL of all steps behind a version, each in a transaction of its own, as `sqlite3 FILE` reads it.
    ///
    /// A file that was made by it is one that ``SQLiteDatabase`` opens.
    public static func script(after version: Int64 = 0) -> String {
        all.filter { $0.version > version }.map { "\($0.script)\n" }.joined(separator: "\n")
    }

    /// The SQL of the tables of search indices, which no step makes but the first update of an index: they need FTS5,
    /// and the stores of a file do not.
    ///
    /// It makes what is missing, in a transaction of its own, and leaves the version of the file as it is.
    public static var searchScript: String {
        """
        -- marketplace: search, which needs FTS5
        begin immediate;
        \(SQLiteSchema.searchTables)
        commit;

        """
    }

    /// The version of a file; nil when there is none, or when it is empty.
    ///
    /// - Throws: ``SQLiteOpeningError`` when the file is not ours, of a later generation, damaged or locked. It is not
    ///   changed in any case.
    public static func version(
        of location: SQLiteLocation,
        configuration: SQLiteConfiguration = SQLiteConfiguration()
    ) async throws(SQLiteOpeningError) -> Int64? {
        let connection = SQLiteConnection(label: "marketplace.sqlite.migrations")
        return try await connection.version(SQLiteOpening(location: location, configuration: configuration))
    }

    /// Brings a file up to date, and makes it if there is none.
    ///
    /// - Returns: The steps that were missing when it was looked at. Of several who call this at once one applies them,
    ///   and all return once that is done.
    /// - Throws: ``SQLiteOpeningError``, as opening a ``SQLiteDatabase`` does; the file is not touched then.
    @discardableResult
    public static func apply(
        to location: SQLiteLocation,
        configuration: SQLiteConfiguration = SQLiteConfiguration()
    ) async throws(SQLiteOpeningError) -> [SQLiteMigration] {
        let before = try await version(of: location, configuration: configuration) ?? 0
        let opening = SQLiteOpening(location: location, configuration: configuration)
        let connection = SQLiteConnection(label: "marketplace.sqlite.migrations")
        try await connection.open(opening, as: .writer)
        await connection.close()
        return all.filter { $0.version > before }
    }
}
#endif
