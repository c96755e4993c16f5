import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceStorage
import TestSupport
import Testing
@testable import MarketplaceInventory

/// What inventories on a store remember of their items.
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

    /// The revisions that a crowd is told that came during a read; nil stands for nothing.
    private func answers(to sku: SKU, while end: () -> Void) async -> [DocumentRevision?] {
        await withTaskGroup(of: DocumentRevision?.self) { group in
            for _ in 0..<crowd {
                group.addTask {
                    guard case .known(let entry) = await cache.answer(for: sku) else { return nil }
                    return entry.revision
                }
            }
            while cache.waitingCount < crowd { await Task.yield() }
            end()
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test func whoComesDuringAReadIsToldWhatItFound() async throws {
        let read = try await read(of: "mug")
        let answers = await answers(to: "mug") { cache.end(read, of: "mug", with: entry(7)) }
        #expect(answers == Array(repeating: DocumentRevision(7), count: crowd))
        guard case .known(let kept) = await cache.answer(for: "mug") else {
            Issue.record("what was read is not kept")
            return
        }
        #expect(kept.revision == DocumentRevision(7))
    }

    @Test func whatIsNotThereIsLookedForByEveryoneAnew() async throws {
        let read = try await read(of: "mug")
        let answers = await answers(to: "mug") { cache.end(read, of: "mug", with: nil) }
        #expect(answers == Array(repeating: nil, count: crowd))
        #expect(try await self.read(of: "mug") != read)
    }

    @Test func aReadThatIsToBeForgottenIsNotKept() async throws {
        let old = try await read(of: "mug")
        let answers = await answers(to: "mug") {
            cache.forget(["mug"])
            cache.end(old, of: "mug", with: entry(1))
        }
        #expect(answers == Array(repeating: DocumentRevision(1), count: crowd), "they asked before")
        let new = try await read(of: "mug")
        cache.end(old, of: "mug", with: entry(1))
        cache.end(new, of: "mug", with: entry(2))
        guard case .known(let kept) = await cache.answer(for: "mug") else {
            Issue.record("what was read is not kept")
            return
        }
        #expect(kept.revision == DocumentRevision(2))
    }

    @Test func whoReadsOneItemKeepsNobodyFromAnother() async throws {
        let mug = try await read(of: "mug")
        let tea = try await read(of: "tea")
        #expect(mug != tea)
        cache.end(tea, of: "tea", with: entry(1))
        cache.end(mug, of: "mug", with: entry(2))
    }

    @Test func aCrowdReadsTheItemOnce() async throws {
        let base = InMemoryStore()
        try await StoreInventory(store: base, codec: .json).stock("mug", .units(crowd))
        let store = ReadCountingStore(base)
        let inventory = StoreInventory(store: store, codec: .json)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...crowd {
                group.addTask { try await inventory.reserve(number, [ReservationLine("mug", .one)]) }
            }
            try await group.waitForAll()
        }
        #expect(store.takeCounts() == ReadCountingStore.Counts(commits: crowd, reads: 1))
    }
}
