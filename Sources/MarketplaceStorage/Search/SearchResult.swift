public import MarketplaceCore

/// One page of what was found.
public struct SearchResult: Hashable, Sendable {
    /// The documents, in the order of the query.
    public let hits: [SearchHit]
    /// How many documents there are on all pages.
    public let total: SearchTotal
    /// The values of the wanted facets that at least one document has, the highest count first, then by value; at most
    /// ``SearchLimits/valuesPerFacet`` of each.
    public let facets: [SearchField: [FacetCount]]
    /// Where to read on; nil when this was the last page.
    ///
    /// Pages neither overlap nor skip as long as no document changes its place. A page of no hits has none.
    public let next: SearchCursor?

    /// Makes a page; for adapters.
    public init(
        hits: [SearchHit],
        total: SearchTotal,
        facets: [SearchField: [FacetCount]] = [:],
        next: SearchCursor? = nil
    ) {
        self.hits = hits
        self.total = total
        self.facets = facets
        self.next = next
    }
}
