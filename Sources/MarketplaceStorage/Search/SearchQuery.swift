public import MarketplaceCore

/// What is looked for.
///
/// ```swift
/// SearchQuery(
///     "red sho",
///     where: [.facet("category", anyOf: ["shoes"]), .number("price.EUR", atMost: 50_00), .flag("in stock")],
///     counting: ["brand", "seller"],
///     sortedBy: .ascending("price.EUR")
/// )
/// ```
public struct SearchQuery: Hashable, Sendable {
    /// How many hits a page has unless told otherwise: what fits a screen or two.
    public static let defaultLimit = 20

    /// What was typed: every word of it must be in the title or the body.
    ///
    /// No character of it has a meaning but to separate words. A text without a word is no condition.
    public var words: String
    /// Whether the last word may be the beginning of one, as it is while somebody types.
    public var lastWordIsPrefix: Bool
    /// The conditions, all of which must hold.
    public var filters: [SearchFilter]
    /// The facets whose values are counted.
    ///
    /// The values of a facet are counted as if the query had no filter on that very facet, so that they tell what
    /// choosing another value would give.
    public var facets: Set<SearchField>
    /// The order.
    public var sort: SearchSort
    /// The most hits of the page; zero when only counts are wanted.
    public var limit: Int
    /// Where the page before this one ended.
    public var cursor: SearchCursor?

    /// Makes a query.
    public init(
        _ words: String = "",
        lastWordIsPrefix: Bool = false,
        where filters: [SearchFilter] = [],
        counting facets: Set<SearchField> = [],
        sortedBy sort: SearchSort = .relevance,
        limit: Int = SearchQuery.defaultLimit,
        after cursor: SearchCursor? = nil
    ) {
        self.words = words
        self.lastWordIsPrefix = lastWordIsPrefix
        self.filters = filters
        self.facets = facets
        self.sort = sort
        self.limit = limit
        self.cursor = cursor
    }
}
