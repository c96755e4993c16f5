import MarketplaceCore
import MarketplaceStorage
import Testing

@testable import MarketplaceInMemory

struct FeedScanTests {
    private let store = InMemoryStore()
    private let identifiers = SeededIdentifiers(seed: 1)

    private func append(_ count: Int, _ name: String) async throws {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        let events = (0..<count).map { _ in EventDraft(id: identifiers.next(), name: name, payload: []) }
        transaction.append(events, to: StreamID("a", "b"), expecting: .any)
        _ = try await store.commit(transaction)
    }

    @Test func aReadScansABoundedNumberOfEntriesAndSaysWhereToReadOn() async throws {
        for _ in 1...3 { try await append(10_000, "Common") }
        try await append(1, "Rare")
        let first = try await store.events(after: .start, matching: .names(["Rare"]), limit: 10)
        #expect(first == FeedSlice(events: [], position: FeedPosition(minor: 20_000), isCaughtUp: false))
        let second = try await store.events(after: first.position, matching: .names(["Rare"]), limit: 10)
        #expect(second.events.map(\.name) == ["Rare"])
        #expect(second.isCaughtUp)
        #expect(second.position == FeedPosition(minor: 30_001))
    }

    @Test func exactlyAsManyEntriesAsAReadScansEndInAPageThatIsCaughtUp() async throws {
        for _ in 1...2 { try await append(StoreState.scanLimit / 2, "Common") }
        var slice = try await store.events(after: .start, matching: .names(["Rare"]), limit: 1)
        #expect(slice.position == FeedPosition(minor: UInt64(StoreState.scanLimit)))
        slice = try await store.events(after: slice.position, matching: .names(["Rare"]), limit: 1)
        #expect(slice.isCaughtUp)
    }

    @Test func aPositionOfAnotherStoreLiesBehindEverything() async throws {
        try await append(3, "Common")
        for foreign in [FeedPosition(major: 1, minor: 0), FeedPosition(minor: 99), FeedPosition(minor: .max)] {
            let slice = try await store.events(after: foreign, matching: .all, limit: 10)
            #expect(slice == FeedSlice(events: [], position: foreign, isCaughtUp: true))
        }
    }
}
