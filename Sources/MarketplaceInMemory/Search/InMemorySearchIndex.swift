public import MarketplaceStorage
import Synchronization

/// A search index in the memory of this process: for tests, for a catalogue that fits, and as the reference of the laws.
///
/// A search of a million documents takes a few milliseconds and about 1 KiB of memory each; one call runs at a time.
/// Documents that were changed keep their room until there are more of them than living ones. What is deleted leaves
/// its key and revision behind.
public final class InMemorySearchIndex: SearchIndex {
    private let shelf = Mutex(SearchShelf())

    /// An empty index of one namespace.
    public init() {}

    /// Puts and deletes documents, all of them or none; see ``SearchIndex/update(_:)``.
    public func update(_ changes: [SearchChange]) async throws(SearchError) {
        let checked = try SearchChange.check(changes)
        try shelf.withLock { shelf throws(SearchError) in
            guard shelf.slotCount + checked.count <= PostingList.mostSlots else {
                throw SearchError(.unavailable, "an index in memory has room for \(PostingList.mostSlots) documents")
            }
            for change in checked { shelf.apply(change) }
            shelf.compactIfWorthwhile()
        }
    }

    /// Finds one page of documents; see ``SearchIndex/find(_:)``.
    public func find(_ query: SearchQuery) async throws(SearchError) -> SearchResult {
        let plan = try SearchPlan(query)
        return shelf.withLock { $0.find(plan) }
    }
}
