import MarketplaceInMemory
import MarketplaceStorage

/// A search index with one thing changed: what a planted bug is made of.
struct AlteredSearchIndex: SearchIndex {
    typealias Update = @Sendable ([SearchChange], any SearchIndex) async throws(SearchError) -> Void
    typealias Find = @Sendable (SearchQuery, any SearchIndex) async throws(SearchError) -> SearchResult

    let base: any SearchIndex = InMemorySearchIndex()
    var onUpdate: Update = { changes, base async throws(SearchError) in try await base.update(changes) }
    var onFind: Find = { query, base async throws(SearchError) in try await base.find(query) }

    func update(_ changes: [SearchChange]) async throws(SearchError) { try await onUpdate(changes, base) }

    func find(_ query: SearchQuery) async throws(SearchError) -> SearchResult { try await onFind(query, base) }
}

extension AlteredSearchIndex {
    /// Alters the changes before they are made.
    static func changing(_ body: @escaping @Sendable ([SearchChange]) -> [SearchChange]) -> AlteredSearchIndex {
        AlteredSearchIndex(onUpdate: { changes, base async throws(SearchError) in
            try await base.update(body(changes))
        })
    }

    /// Alters the documents before they are put.
    static func documents(_ body: @escaping @Sendable (inout SearchDocument) -> Void) -> AlteredSearchIndex {
        changing { changes in
            changes.map { change in
                guard case .put(var document) = change else { return change }
                body(&document)
                return .put(document)
            }
        }
    }

    /// Alters queries before they are answered.
    static func queries(_ body: @escaping @Sendable (inout SearchQuery) -> Void) -> AlteredSearchIndex {
        AlteredSearchIndex(onFind: { query, base async throws(SearchError) in
            var query = query
            body(&query)
            return try await base.find(query)
        })
    }

    /// Alters answers.
    static func results(
        _ body: @escaping @Sendable (SearchResult, SearchQuery) -> SearchResult
    ) -> AlteredSearchIndex {
        AlteredSearchIndex(onFind: { query, base async throws(SearchError) in body(try await base.find(query), query) })
    }
}

extension SearchResult {
    func with(
        hits: [SearchHit]? = nil,
        facets: [SearchField: [FacetCount]]? = nil,
        next: SearchCursor?? = nil
    ) -> SearchResult {
        SearchResult(
            hits: hits ?? self.hits,
            total: total,
            facets: facets ?? self.facets,
            next: next ?? self.next
        )
    }
}
