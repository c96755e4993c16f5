#if SQLite
public import MarketplaceCore
public import MarketplaceStorage

/// A file of SQLite with the stores of any number of namespaces.
///
/// ```swift
/// let database = try await SQLiteDatabase(opening: .file("market.db"))
/// let store = database.store(namespace: "main")
/// ```
///
/// One connection writes, a few read beside it, each on a thread of its own. Several processes may open one file;
/// their writers take turns. A database is closed when nobody holds it or a store of it any more.
public final class SQLiteDatabase: Sendable {
    let writer: SQLiteConnection
    private let readers: [SQLiteConnection]
    let pool: SQLiteReaderPool
    let queue: BatchQueue<SQLiteWrite>
    let appended: ChangeNotifier
    let wallClock: any WallClock
    let timeline: MonotonicTimeline

    /// Opens a database, and makes it if there is none.
    ///
    /// - Parameters:
    ///   - location: The file.
    ///   - configuration: How it is opened.
    ///   - wallClock: Tells when the ids of committed transactions are to be forgotten.
    ///   - clock: Measures how long a reader waits for a change.
    /// - Throws: ``SQLiteOpeningError`` when the file is not ours, newer, damaged, locked or cannot be written; it is
    ///   not touched then.
    public convenience init(
        opening location: SQLiteLocation,
        configuration: SQLiteConfiguration = SQLiteConfiguration(),
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = .continuous
    ) async throws(SQLiteOpeningError) {
        try await self.init(
            opening: location,
            configuration: configuration,
            wallClock: wallClock,
            clock: clock,
            probe: nil
        )
    }

    init(
        opening location: SQLiteLocation,
        configuration: SQLiteConfiguration,
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = .continuous,
        probe: (any SQLiteWriterProbe)?
    ) async throws(SQLiteOpeningError) {
        let opening = SQLiteOpening(location: location, configuration: configuration)
        let writer = SQLiteConnection(label: "marketplace.sqlite.writer")
        try await writer.open(opening, as: .writer)
        await writer.setProbe(probe)
        var readers: [SQLiteConnection] = []
        // What is in the memory of one connection can be read by that one only.
        if location != .memory {
            for number in 0..<min(max(configuration.readerCount, 1), SQLiteConfiguration.mostReaders) {
                let reader = SQLiteConnection(label: "marketplace.sqlite.reader-\(number)")
                try await reader.open(opening, as: .reader)
                readers.append(reader)
            }
        }
        let appended = ChangeNotifier()
        self.writer = writer
        self.readers = readers
        self.appended = appended
        self.wallClock = wallClock
        timeline = MonotonicTimeline(clock)
        pool = SQLiteReaderPool(readers.isEmpty ? [writer] : readers)
        let batchWriter = SQLiteWriter(
            connection: writer,
            receiptRetention: configuration.receiptRetention,
            probe: probe,
            didAppend: { appended.notify() }
        )
        queue = BatchQueue(batchSize: configuration.batchSize, executor: writer.tasks) {
            await batchWriter.perform($0)
        }
    }

    /// The store of a namespace.
    public func store(namespace: StoreNamespace) -> SQLiteStore {
        SQLiteStore(database: self, namespace: namespace)
    }

    /// The tables of stock of a namespace, for `LockedInventory`.
    ///
    /// - Parameters:
    ///   - namespace: The namespace. The stock of its store, if there is any, is another one.
    ///   - codec: Writes terms, actions and the books of reservations: what has no column of its own.
    /// - Returns: The table, which is empty until somebody writes to it.
    public func stockTable(namespace: StoreNamespace, codec: any PayloadCodec) -> SQLiteStockTable {
        SQLiteStockTable(database: self, namespace: namespace, codec: codec)
    }

    /// Closes all connections, after the reads and the batch that run; every later call finds the store unavailable.
    ///
    /// Not needed for safety: what was acknowledged is written. It makes sure that the file can be moved afterwards.
    public func close() async {
        for reader in readers { await reader.close() }
        await writer.close()
    }
}
#endif
