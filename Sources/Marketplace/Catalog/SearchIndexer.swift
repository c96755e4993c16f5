import MarketplaceCore
import MarketplaceDomain
public import MarketplaceStorage

/// Keeps a search index up to date with the catalogue.
///
/// ```swift
/// let indexer = SearchIndexer(in: environment, index: index)
/// try await indexer.catchUp()                     // in a job, or wherever it must be found at once
/// var search = ProductSearch("tea pot")
/// search.category = kitchen
/// let found = try await index.find(search)
/// ```
///
/// It follows the feed as ``ProductSearchRecords`` does, and hands over what has changed. A record waits until the index
/// has it, so an index that was away misses nothing, and one that is given a record twice keeps the later one. Any
/// number of processes may do so.
public struct SearchIndexer: Sendable {
    /// The records it hands over.
    public let records: ProductSearchRecords
    private let index: any SearchIndex
    private let runner: ProjectionRunner

    /// An indexer of an environment.
    ///
    /// - Parameters:
    ///   - environment: Where the catalogue is kept.
    ///   - index: The index.
    public init(in environment: ServiceEnvironment, index: any SearchIndex) {
        records = ProductSearchRecords(in: environment)
        self.index = index
        runner = ProjectionRunner(
            records,
            store: environment.store,
            // Nothing is waited for: it only ever catches up.
            signal: PollingChangeSignal(every: .seconds(1)),
            identifiers: environment.identifiers,
            wallClock: environment.wallClock,
            observer: environment.observer
        )
    }

    /// Brings the index to the end of the feed, and returns how many records it was given.
    ///
    /// - Parameter generation: How often the records were rebuilt, as ``rebuild()`` says.
    /// - Returns: How many records the index was given.
    /// - Throws: ``ProjectionError``, ``CatalogError``, or `SearchError` when the index refuses or fails; what was not
    ///   handed over waits for the next call.
    @discardableResult
    public func catchUp(generation: Int64 = 0) async throws -> Int {
        try await runner.catchUp()
        try await records.refreshMovedCategories(generation: generation)
        return try await records.deliver(generation: generation) { changed in
            try await index.update(changed.map { Self.change($0, generation) })
        }
    }

    /// Has all records made anew from the start of the feed, and returns their generation for ``catchUp(generation:)``.
    public func rebuild() async throws(ProjectionError) -> Int64 {
        try await runner.rebuild()
    }

    private static func change(_ record: ProductSearchRecord, _ generation: Int64) -> SearchChange {
        guard record.isListed else {
            return .delete(SearchKey(record.productID), revision: record.documentRevision(generation))
        }
        return .put(SearchDocument(record, generation: generation))
    }
}
