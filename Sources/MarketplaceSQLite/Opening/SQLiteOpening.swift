#if SQLite
import CMarketplaceSQLite

/// Opens a file after making sure that it is ours, and brings its tables up to date.
struct SQLiteOpening: Sendable {
    /// What a connection is for.
    enum Role: Sendable {
        case writer
        case reader
    }

    let location: SQLiteLocation
    let configuration: SQLiteConfiguration

    /// Opens a connection; a writer has to be opened before readers.
    func open(as role: Role) throws(SQLiteOpeningError) -> SQLiteHandle {
        do throws(SQLiteFailure) {
            switch role {
            case .writer:
                try peekUnlessHalfWritten()
                return try openWriter()
            case .reader:
                return try openReader()
            }
        } catch {
            throw self.error(for: error)
        }
    }

    /// The version of the tables of a file, which is not changed; nil when there is none, or when it is empty.
    func version() throws(SQLiteOpeningError) -> Int64? {
        do throws(SQLiteFailure) {
            try peekUnlessHalfWritten()
            let handle: SQLiteHandle
            do throws(SQLiteFailure) {
                handle = try SQLiteHandle(uri: location.uri, flags: SQLITE_OPEN_READONLY)
            } catch {
                guard error.code == SQLITE_CANTOPEN else { throw error }
                return nil
            }
            handle.setUntouched(true)
            handle.setBusyTimeout(milliseconds: busyMilliseconds)
            _ = try needsMigration(handle)
            let version = try number("pragma user_version", on: handle)
            return version == 0 ? nil : version
        } catch {
            throw self.error(for: error)
        }
    }

    private func peekUnlessHalfWritten() throws(SQLiteFailure) {
        do throws(SQLiteFailure) {
            try peek()
        } catch {
            // A file that a checkpoint has half written is whole together with its log, which is read next.
            guard error.primary == SQLITE_CORRUPT else { throw error }
        }
    }

    /// Looks at the header alone, without locks and without touching the file or its write-ahead log.
    private func peek() throws(SQLiteFailure) {
        guard case .file(let path) = location else { return }
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw SQLiteFailure(code: SQLITE_CANTOPEN, message: "this is not the name of a file")
        }
        let handle: SQLiteHandle
        do throws(SQLiteFailure) {
            handle = try SQLiteHandle(uri: location.uri + "?immutable=1", flags: SQLITE_OPEN_READONLY)
        } catch {
            // There is no such file yet, or it cannot be opened: opening it to write tells which.
            guard error.primary != SQLITE_CANTOPEN else { return }
            throw error
        }
        let id = try number("pragma application_id", on: handle)
        let version = try number("pragma user_version", on: handle)
        // Whoever has tables and another mark is somebody else. Ours is marked before anything is written to a log.
        if id != SQLiteSchema.applicationID, try number("pragma page_count", on: handle) > 0 {
            throw Self.foreign
        }
        try check(version, id: id)
    }

    private func openWriter() throws(SQLiteFailure) -> SQLiteHandle {
        let handle = try SQLiteHandle(uri: location.uri, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
        // Until it is known to be sound, closing must not write either.
        handle.setUntouched(true)
        try configure(handle)
        if handle.isReadOnly {
            throw SQLiteFailure(code: SQLITE_READONLY, message: "the file is write-protected")
        }
        try checkPages(of: handle)
        if try needsMigration(handle) { try migrate(handle) }
        try useWriteAheadLog(handle)
        handle.setUntouched(false)
        return handle
    }

    private func openReader() throws(SQLiteFailure) -> SQLiteHandle {
        let handle = try SQLiteHandle(uri: location.uri, flags: SQLITE_OPEN_READWRITE)
        try configure(handle)
        try handle.execute("pragma query_only = on")
        return handle
    }

    /// What a page of a new file has.
    private static let pageBytes: Int64 = 4_096
    /// How long the first look at a lock is away from the next.
    private static let pauseMilliseconds: Int32 = 5
    /// The longest time-out, eleven days: more milliseconds would not fit their type.
    private static let longestBusySeconds: Int64 = 1_000_000

    private var busyMilliseconds: Int32 {
        let components = configuration.busyTimeout.components
        let seconds = min(max(components.seconds, 0), Self.longestBusySeconds)
        return Int32(seconds * 1_000 + max(components.attoseconds, 0) / 1_000_000_000_000_000)
    }

    private func configure(_ handle: SQLiteHandle) throws(SQLiteFailure) {
        handle.setBusyTimeout(milliseconds: busyMilliseconds)
        handle.setDefensive()
        let synchronous = configuration.synchronous == .full ? "full" : "normal"
        try handle.execute(
            """
            pragma trusted_schema = off; pragma cell_size_check = on; pragma temp_store = memory;
            pragma synchronous = \(synchronous); pragma cache_size = -\(cacheKibibytes)
            """
        )
    }

    /// A negative size counts kibibytes instead of pages; 0 would leave the connection without a page.
    private var cacheKibibytes: Int64 {
        min(max(configuration.cacheBytes, Self.pageBytes), SQLiteConfiguration.mostCacheBytes) / 1_024
    }

    /// Checks all pages where that is cheap; the number of pages and the tables are checked by reading anything.
    private func checkPages(of handle: SQLiteHandle) throws(SQLiteFailure) {
        let bytes = try number("select page_count * page_size from pragma_page_count, pragma_page_size", on: handle)
        guard bytes > 0, bytes <= configuration.checkedBytes else { return }
        let statement = try SQLiteStatement("pragma quick_check(1)", on: handle)
        defer { statement.reset() }
        guard try statement.step() else { return }
        let verdict = try statement.text(0)
        guard verdict == "ok" else { throw SQLiteFailure(code: SQLITE_CORRUPT, message: verdict) }
    }

    private func needsMigration(_ handle: SQLiteHandle) throws(SQLiteFailure) -> Bool {
        let id = try number("pragma application_id", on: handle)
        let version = try number("pragma user_version", on: handle)
        if id != SQLiteSchema.applicationID {
            guard try number("select count(*) from sqlite_schema", on: handle) == 0, version == 0 else {
                throw Self.foreign
            }
        }
        try check(version, id: id)
        return version < SQLiteSchema.version
    }

    /// Brings the tables up to date in one transaction; of several processes at once, one does it.
    private func migrate(_ handle: SQLiteHandle) throws(SQLiteFailure) {
        do throws(SQLiteFailure) {
            try handle.execute("begin immediate")
            if try needsMigration(handle) {
                let version = try number("pragma user_version", on: handle)
                for step in SQLiteSchema.steps where version < step.version { try handle.execute(step.sql) }
                try handle.execute(
                    """
                    pragma application_id = \(SQLiteSchema.applicationID);
                    pragma user_version = \(SQLiteSchema.version)
                    """
                )
            }
            try handle.execute("commit")
        } catch {
            if !handle.isOutsideOfTransactions { try? handle.execute("rollback") }
            throw error
        }
    }

    /// Switches to the log, which only the first of several processes has to do.
    ///
    /// SQLite does not wait for others in this one place, so it is tried until the busy time is over.
    private func useWriteAheadLog(_ handle: SQLiteHandle) throws(SQLiteFailure) {
        var left = busyMilliseconds / Self.pauseMilliseconds
        while true {
            do throws(SQLiteFailure) {
                return try switchToWriteAheadLog(handle)
            } catch {
                guard error.primary == SQLITE_BUSY, left > 0 else { throw error }
                left -= 1
                handle.pause(milliseconds: Self.pauseMilliseconds)
            }
        }
    }

    private func switchToWriteAheadLog(_ handle: SQLiteHandle) throws(SQLiteFailure) {
        let statement = try SQLiteStatement("pragma journal_mode = wal", on: handle)
        defer { statement.reset() }
        let mode = try statement.step() ? statement.text(0) : ""
        guard mode == "wal" || (mode == "memory" && location == .memory) else {
            throw SQLiteFailure(code: Self.noWriteAheadLog, message: "the journal mode is \(mode)")
        }
    }

    private func check(_ version: Int64, id: Int64) throws(SQLiteFailure) {
        guard id == SQLiteSchema.applicationID else { return }
        let generation = SQLiteSchema.generation(of: version)
        guard generation <= SQLiteSchema.generation else {
            let message = "its form is \(version), this release knows forms up to \(SQLiteSchema.version)"
            throw SQLiteFailure(code: Self.newerSchema, message: message)
        }
    }

    private func number(_ sql: String, on handle: SQLiteHandle) throws(SQLiteFailure) -> Int64 {
        let statement = try SQLiteStatement(sql, on: handle)
        defer { statement.reset() }
        return try statement.step() ? statement.integer(0) : 0
    }

    /// Codes of our own, beyond those of the library.
    private static let foreignDatabase: Int32 = -1
    private static let newerSchema: Int32 = -2
    private static let noWriteAheadLog: Int32 = -3
    private static let foreign = SQLiteFailure(code: foreignDatabase, message: "it has no mark of this package")

    private func error(for failure: SQLiteFailure) -> SQLiteOpeningError {
        let code: SQLiteOpeningError.Code =
            switch failure.code {
            case Self.foreignDatabase: .foreignDatabase
            case Self.newerSchema: .newerSchema
            case Self.noWriteAheadLog: .noWriteAheadLog
            default:
                switch failure.primary {
                case SQLITE_NOTADB: .notADatabase
                case SQLITE_CORRUPT: .corrupt
                case SQLITE_READONLY: .readOnly
                case SQLITE_BUSY, SQLITE_LOCKED: .locked
                default: .cannotOpen
                }
            }
        return SQLiteOpeningError(code, path: location.path, message: failure.message)
    }
}
#endif
