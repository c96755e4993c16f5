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

/// A document that was found.
public struct SearchHit: Hashable, Sendable {
    /// Its key.
    public let key: SearchKey
    /// How well it fits the words, whatever the order of the query.
    public let score: SearchScore

    /// Makes a hit; for adapters.
    public init(_ key: SearchKey, score: SearchScore) {
        self.key = key
        self.score = score
    }
}

/// How many documents have a value of a facet.
public struct FacetCount: Hashable, Sendable {
    /// The value.
    public let value: SearchValue
    /// How many of the documents have it.
    public let count: Int

    /// Makes a count; for adapters.
    public init(_ value: SearchValue, count: Int) {
        self.value = value
        self.count = count
    }
}

/// How many documents there are, as far as they were counted.
public enum SearchTotal: Hashable, Sendable {
    /// So many.
    case exactly(Int)
    /// So many or more: an index need not count beyond ``SearchLimits/countedHits``.
    case atLeast(Int)

    /// The number that is certain.
    public var count: Int {
        switch self {
        case .exactly(let count), .atLeast(let count): count
        }
    }
}
