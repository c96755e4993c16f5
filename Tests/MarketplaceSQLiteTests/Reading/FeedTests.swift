#if SQLite
import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import Testing
@testable import MarketplaceSQLite

/// How a feed of some categories is read, and that it is the same feed.
struct FeedTests {
    private let identifiers = SeededIdentifiers(seed: 1)

    private func append(_ count: Int, to categories: [StreamCategory], in store: some Store) async throws {
        var left = count
        while left > 0 {
            var transaction = Transaction(id: identifiers.next(), time: .epoch)
            for category in categories.prefix(left) {
                let drafts = (0..<min(500, (left + categories.count - 1) / categories.count)).map { _ in
                    EventDraft(id: identifiers.next(), name: "Sold", payload: [])
                }
                transaction.append(drafts, to: StreamID(category, "a"), expecting: .any)
                left -= drafts.count
            }
            _ = try await store.commit(transaction)
        }
    }

    @Test func aFeedOfFewCategoriesDoesNotLookAtTheOthers() async throws {
        let store = try await TestDatabase().store()
        try await append(SQLiteReading.scanLimit + 1, to: ["many"], in: store)
        try await append(3, to: ["few", "$rare", "absent-minded"], in: store)
        for categories in [["few"], ["$rare"], ["few", "$rare", "absent"]] as [Set<StreamCategory>] {
            let slice = try await store.events(after: .start, matching: .categories(categories), limit: 10)
            #expect(slice.isCaughtUp)
            #expect(Set(slice.events.map(\.stream.category)) == categories.subtracting(["absent"]))
        }
        let named = EventFilter.categories(["many"]).named(["Lost"])
        let slice = try await store.events(after: .start, matching: named, limit: 10)
        #expect(slice.events.isEmpty && !slice.isCaughtUp, "no call looks at more than so many")
    }

    @Test(arguments: [1, 3, SQLiteReading.mergedCategories, SQLiteReading.mergedCategories + 1, 40])
    func aFeedOfSomeCategoriesIsTheFeedOfAllWithoutTheOthers(_ count: Int) async throws {
        let store = try await TestDatabase().store()
        let all = try (0..<40).map { try StreamCategory($0.isMultiple(of: 3) ? "$\($0)" : "c\($0)") }
        for number in 0..<120 { try await append(1, to: [all[number * 7 % 40]], in: store) }
        let everything = try await store.events(after: .start, matching: .categories(Set(all)), limit: 1_000).events
        #expect(everything.map(\.position) == everything.map(\.position).sorted() && everything.count == 120)
        let wanted = Set(all.prefix(count))
        var (found, position) = ([RecordedEvent](), FeedPosition.start)
        while true {
            let slice = try await store.events(after: position, matching: .categories(wanted), limit: 7)
            found += slice.events
            position = slice.position
            if slice.isCaughtUp { break }
            #expect(slice.events.count == 7)
        }
        #expect(found == everything.filter { wanted.contains($0.stream.category) })
    }
}
#endif
