#if SQLite
import MarketplaceCore
import MarketplaceStorage
import Synchronization
@testable import MarketplaceSQLite

extension SQLiteConfiguration {
    /// For laws that end no machine: syncs are left out, for they would only take time.
    static let quick = SQLiteConfiguration(synchronous: .normal)
}

/// A database in a folder of its own, which goes when nobody holds a store of it.
struct TestDatabase: Sendable {
    let folder: TemporaryFolder
    let database: SQLiteDatabase

    init(
        configuration: SQLiteConfiguration = .quick,
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = .continuous,
        probe: (any SQLiteWriterProbe)? = nil
    ) async throws {
        folder = try TemporaryFolder()
        database = try await SQLiteDatabase(
            opening: .file(folder.path()),
            configuration: configuration,
            wallClock: wallClock,
            clock: clock,
            probe: probe
        )
    }

    func store(_ namespace: StoreNamespace = "own") -> TestStore {
        TestStore(folder: folder, base: database.store(namespace: namespace))
    }
}

/// A store that keeps its folder for as long as it is used.
struct TestStore: Store, ChangeSignal {
    let folder: TemporaryFolder
    let base: SQLiteStore

    func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        try await base.commit(transaction)
    }

    func events(
        in stream: StreamID,
        from version: StreamVersion,
        limit: Int
    ) async throws(StoreError) -> [RecordedEvent] {
        try await base.events(in: stream, from: version, limit: limit)
    }

    func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) async throws(StoreError) -> FeedSlice {
        try await base.events(after: position, matching: filter, limit: limit)
    }

    func document(_ key: DocumentKey) async throws(StoreError) -> StoredDocument? {
        try await base.document(key)
    }

    func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        try await base.documents(matching: query)
    }

    func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        try await base.counters(keys)
    }

    func waitForChange(after position: FeedPosition, atMost limit: Duration) async {
        await base.waitForChange(after: position, atMost: limit)
    }
}
#endif
