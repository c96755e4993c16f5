import MarketplaceCore
import MarketplaceStorage
import Testing

@testable import MarketplaceInMemory

struct InMemorySearchIndexTests {
    private static let keyCount = 400

    private func document(_ number: Int, revision: Int) -> SearchDocument {
        SearchDocument(
            SearchKey(unchecked: "key-\(number)"),
            revision: DocumentRevision(Int64(revision)),
            title: "w\(number % 7) r\(revision)",
            body: "v\(number % 5)",
            facets: ["f": [SearchValue(unchecked: "\((number + revision) % 11)")]],
            numbers: number.isMultiple(of: 3) ? ["n": Int64((number * revision) % 13)] : [:],
            flags: revision.isMultiple(of: 2) ? ["even"] : []
        )
    }

    @Test func anIndexThatWasChangedOftenIsLikeAFreshOne() async throws {
        let (changed, fresh) = (InMemorySearchIndex(), InMemorySearchIndex())
        for revision in 1...12 {
            try await changed.update((0..<Self.keyCount).map { .put(document($0, revision: revision)) })
            try await changed.update([.delete("key-1", revision: DocumentRevision(Int64(revision)))])
        }
        try await fresh.update((0..<Self.keyCount).map { .put(document($0, revision: 12)) })
        var sort = [SearchSort.relevance, .ascending("n"), .descending("n")].makeIterator()
        for (words, isPrefix) in [("", false), ("w3 v2", false), ("w3 v", true), ("r12", false), ("r11", false)] {
            for filters in [
                [], [SearchFilter.facet("f", anyOf: ["3", "4"])], [.flag("even"), .number("n", atMost: 6)],
            ] {
                let query = SearchQuery(
                    words,
                    lastWordIsPrefix: isPrefix,
                    where: filters,
                    counting: ["f"],
                    sortedBy: sort.next() ?? .relevance,
                    limit: 200
                )
                #expect(try await changed.find(query) == fresh.find(query))
            }
        }
    }

    @Test func deadSlotsAreFreed() throws {
        var shelf = SearchShelf()
        for revision in 1...50 {
            let changes = (0..<Self.keyCount).map { SearchChange.put(document($0, revision: revision)) }
            for change in try SearchChange.check(changes) { shelf.apply(change) }
            shelf.compactIfWorthwhile()
            #expect(shelf.slotCount - shelf.live.count <= SearchShelf.fewestDeadSlots + Self.keyCount)
        }
        #expect(shelf.live.count == Self.keyCount)
        #expect(shelf.list(of: "r1") == nil, "what nobody has any more is gone")
    }

    @Test func theBestOfManyAreKeptInOrder() {
        for limit in [0, 1, 5, 100] {
            var generator = SeededGenerator(seed: 7)
            let numbers = (0..<1_000).map { _ in generator.next(through: 400) }
            var best = BestSelection<UInt64>(limit) { $0 < $1 }
            for number in numbers { best.offer(number) }
            #expect(best.finish() == Array(numbers.sorted().prefix(limit)))
        }
    }
}
