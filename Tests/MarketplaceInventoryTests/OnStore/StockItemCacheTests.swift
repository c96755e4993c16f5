import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing
@testable import MarketplaceInventory

/// What inventories on a store remember of their items.
@Suite(.timeLimit(.minutes(2)))
struct StockItemCacheTests {
    private let cache = StockItemCache()
    private let crowd = 50

    private func entry(_ revision: Int64) -> StockItemCache.Entry {
        StockItemCache.Entry(revision: DocumentRevision(revision), item: StockItemDocument())
    }

    /// The read that the caller is to do.
    private func read(of sku: SKU) async throws -> StockItemCache.Read {
        var found: StockItemCache.Read?
        if case .reads(let read) = await cache.answer(for: sku) { found = read }
        return try #require(found, "somebody else reads")
    }

    /// What a crowd is told that came during a read.
    private func answers(to sku: SKU, while end: () -> Void) async -> [String] {
        await withTaskGroup(of: String.self) { group in
            for _ in 0..<crowd {
                group.addTask { await told(of: sku) }
            }
            while cache.waitingCount < crowd { await Task.yield() }
            end()
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func told(of sku: SKU) async -> String {
        switch await cache.answer(for: sku) {
        case .known(let entry): "revision \(entry.revision)"
        case .reads: "reads"
        case .perhapsAbsent: "perhaps absent"
        case .failed(let error): "failed: \(error.effect)"
        case .missed: "missed"
        }
    }

    private func everybody(_ answer: String) -> [String] { Array(repeating: answer, count: crowd) }

    @Test func whoComesDuringAReadIsToldWhatItFound() async throws {
        let read = try await read(of: "mug")
        let answers = await answers(to: "mug") { cache.end(read, of: "mug", with: .found(entry(7))) }
        #expect(answers == everybody("revision 7"))
        #expect(await told(of: "mug") == "revision 7", "it is kept")
    }

    @Test func whatIsNotThereIsLookedForByEveryoneAnew() async throws {
        let read = try await read(of: "mug")
        let answers = await answers(to: "mug") { cache.end(read, of: "mug", with: .absent) }
        #expect(answers == everybody("perhaps absent"))
        #expect(try await self.read(of: "mug") != read)
    }

    @Test func whyAReadFailedIsToldToAllAndNotKept() async throws {
        let read = try await read(of: "mug")
        let error = InventoryError.failed(.notApplied(StoreFailure(.unavailable, "gone")))
        let answers = await answers(to: "mug") { cache.end(read, of: "mug", with: .failed(error)) }
        #expect(answers == everybody("failed: \(error.effect)"))
        #expect(try await self.read(of: "mug") != read)
    }

    @Test func whoeverIsCancelledWaitsNoLonger() async throws {
        let read = try await read(of: "mug")
        let impatient = Task { await told(of: "mug") }
        let patient = Task { await told(of: "mug") }
        while cache.waitingCount < 2 { await Task.yield() }
        impatient.cancel()
        #expect(await impatient.value == "missed")
        #expect(cache.waitingCount == 1)
        cache.end(read, of: "mug", with: .found(entry(1)))
        #expect(await patient.value == "revision 1")
    }

    @Test func aReadThatIsToBeForgottenIsNotKept() async throws {
        let old = try await read(of: "mug")
        let answers = await answers(to: "mug") {
            cache.forget(["mug"])
            cache.end(old, of: "mug", with: .found(entry(1)))
        }
        #expect(answers == everybody("revision 1"), "they asked before")
        let new = try await read(of: "mug")
        cache.end(old, of: "mug", with: .found(entry(1)))
        cache.end(new, of: "mug", with: .found(entry(2)))
        #expect(await told(of: "mug") == "revision 2")
    }

    @Test func whatIsStaleIsForgottenAndNotWhatWasReadSince() async throws {
        cache.end(try await read(of: "mug"), of: "mug", with: .found(entry(1)))
        var items = RequestedItems()
        items.append(entry(1), of: "mug", units: 1)
        cache.forget(stale: items)
        cache.end(try await read(of: "mug"), of: "mug", with: .found(entry(2)))
        cache.forget(stale: items)
        #expect(await told(of: "mug") == "revision 2")
    }

    @Test func nothingOlderTakesThePlaceOfWhatWasWritten() async throws {
        let read = try await read(of: "mug")
        cache.keep(entry(2), of: "mug")
        cache.end(read, of: "mug", with: .found(entry(1)))
        #expect(await told(of: "mug") == "revision 2")
        cache.keep(entry(1), of: "mug")
        #expect(await told(of: "mug") == "revision 2")
        cache.keep(entry(3), of: "mug")
        #expect(await told(of: "mug") == "revision 3")
    }

    @Test func whatAnInventoryHasWrittenItNeedNotRead() async throws {
        let store = InMemoryStore()
        let inventory = StoreInventory(store: store, codec: .json)
        func expectsKnown(_ what: Comment) async throws {
            let stored = try #require(try await store.document(StockKeySpace.item("mug")))
            guard case .known(let entry) = await inventory.cache.answer(for: "mug") else {
                Issue.record("\(what) has to be read")
                return
            }
            #expect(entry.revision == stored.revision, what)
            #expect(try JSONPayloadCodec().decode(StockItemDocument.self, from: stored.body) == entry.item, what)
        }
        try await inventory.stock("mug", .units(3))
        try await expectsKnown("what was recorded")
        try await inventory.setTerms(SaleTerms(perMemberLimit: .one), for: "mug", at: .second(1))
        try await expectsKnown("what was set")
        try await inventory.record(
            .restock(id: MovementID(bits: 9), sku: "mug", quantity: .one, location: "depot", at: .second(2))
        )
        try await expectsKnown("a new location")
    }

    @Test func whoReadsOneItemKeepsNobodyFromAnother() async throws {
        let mug = try await read(of: "mug")
        let tea = try await read(of: "tea")
        #expect(mug != tea)
        cache.end(tea, of: "tea", with: .found(entry(1)))
        cache.end(mug, of: "mug", with: .found(entry(2)))
    }

    @Test func aCrowdReadsTheItemOnce() async throws {
        let base = InMemoryStore()
        try await StoreInventory(store: base, codec: .json).stock("mug", .units(crowd))
        let waits = Mutex<@Sendable () -> Bool>({ false })
        // The first read takes until all others have come.
        let slow = FaultInjectingStore(base, afterRead: { while waits.withLock({ $0 })() { await Task.yield() } })
        let store = ReadCountingStore(slow)
        let inventory = StoreInventory(store: store, codec: .json)
        waits.withLock { $0 = { inventory.cache.waitingCount < crowd - 1 } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...crowd {
                group.addTask { try await inventory.reserve(number, [ReservationLine("mug", .one)]) }
            }
            try await group.waitForAll()
        }
        #expect(store.takeCounts() == ReadCountingStore.Counts(commits: crowd, reads: 1))
    }

    @Test func whoeverReadForTheOthersAndWasCancelledIsReplaced() async throws {
        let base = InMemoryStore()
        try await StoreInventory(store: base, codec: .json).stock("mug", .units(crowd))
        let hasCome = Mutex(false)
        // The first read takes until it is cancelled.
        let slow = FaultInjectingStore(
            base,
            afterRead: {
                let isFirst = hasCome.withLock { hasCome in
                    defer { hasCome = true }
                    return !hasCome
                }
                while isFirst && !Task.isCancelled { await Task.yield() }
            }
        )
        let inventory = StoreInventory(store: CancellableStore(base: slow), codec: .json)
        let first = Task { try await inventory.reserve(1, [ReservationLine("mug", .one)]) }
        while !hasCome.withLock({ $0 }) { await Task.yield() }
        let second = Task { try await inventory.reserve(2, [ReservationLine("mug", .one)]) }
        while inventory.cache.waitingCount < 1 { await Task.yield() }
        first.cancel()
        #expect(try await second.value.state == .held)
        await #expect(throws: InventoryError.self) { try await first.value }
    }
}

/// A store whose reads fail when their task is cancelled, as those of databases do.
private struct CancellableStore: Store {
    let base: any Store

    private func checkCancellation() throws(StoreError) {
        if Task.isCancelled { throw .notApplied(StoreFailure(.cancelled, "the read was interrupted")) }
    }

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
        let document = try await base.document(key)
        try checkCancellation()
        return document
    }

    func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        try await base.documents(matching: query)
    }

    func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        try await base.counters(keys)
    }
}
