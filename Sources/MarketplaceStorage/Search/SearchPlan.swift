public import MarketplaceCore

/// A query that was checked, in the form in which an index answers it; for adapters.
public struct SearchPlan: Sendable {
    /// A condition on a number.
    public struct Range: Hashable, Sendable {
        /// The number.
        public let field: SearchField
        /// The bounds; the lower is never above the upper one.
        public let bounds: ClosedRange<Int64>
    }

    /// A condition on a facet or a flag: the document has one of the terms.
    public struct Choice: Hashable, Sendable {
        /// The facet or the flag.
        public let field: SearchField
        /// The terms, sorted.
        public let terms: [SearchTerm]
        /// Whether it is a flag, which is no filter of the facet of that name.
        public var isFlag: Bool { terms.allSatisfy { $0.value == nil } }
    }

    /// The words that must be there, each once.
    public let words: [SearchWord]
    /// What a word must begin with, if anything.
    public let prefix: SearchWord?
    /// The conditions on facets and flags.
    public let choices: [Choice]
    /// The conditions on numbers, at most one of each; nil when no number can meet them.
    public let ranges: [Range]?
    /// The facets that are counted, sorted.
    public let facets: [SearchField]
    /// The order.
    public let sort: SearchSort
    /// The most hits.
    public let limit: Int
    /// Behind which hit the page begins: its number in the order, and its key.
    public let start: (value: Int64, key: SearchKey)?
    private let fingerprint: UInt64

    /// Checks a query.
    ///
    /// - Throws: ``SearchError`` with ``SearchError/Code/invalid`` when the query breaks one of ``SearchLimits``, and
    ///   with ``SearchError/Code/foreignCursor`` when its cursor belongs to another query.
    public init(_ query: SearchQuery) throws(SearchError) {
        try Self.check(query)
        var words: [SearchWord] = []
        SearchTokenizer.eachWord(ofQuery: query.words) { words.append($0) }
        prefix = query.lastWordIsPrefix ? words.popLast() : nil
        var seen: Set<SearchWord> = []
        self.words = words.filter { seen.insert($0).inserted }
        try Self.bound(self.words.count + (prefix == nil ? 0 : 1), by: SearchLimits.wordsPerQuery, "words")
        choices = query.filters.compactMap { filter in
            switch filter {
            case .facet(let field, let values):
                Choice(field: field, terms: values.map { SearchTerm(field, $0) }.sorted())
            case .flag(let field): Choice(field: field, terms: [SearchTerm(field, nil)])
            case .number: nil
            }
        }
        ranges = Self.ranges(of: query)
        facets = query.facets.sorted()
        sort = query.sort
        limit = query.limit
        fingerprint = Self.fingerprint(of: query)
        guard let cursor = query.cursor else {
            start = nil
            return
        }
        guard cursor.query == fingerprint else {
            throw SearchError(.foreignCursor, "the cursor belongs to another query")
        }
        start = (cursor.value, cursor.key)
    }

    /// The cursor behind a hit of this query.
    public func cursor(behind key: SearchKey, value: Int64) -> SearchCursor {
        SearchCursor(query: fingerprint, value: value, key: key)
    }

    /// Whether a hit lies behind the start of the page.
    public func isBehindStart(_ value: Int64, _ key: @autoclosure () -> SearchKey) -> Bool {
        guard let start else { return true }
        guard value == start.value else { return sort.isAscending ? value > start.value : value < start.value }
        return key() > start.key
    }

    private static func check(_ query: SearchQuery) throws(SearchError) {
        try bound(query.words.utf8.count, by: SearchLimits.queryBytes, "bytes")
        try bound(query.filters.count, by: SearchLimits.filtersPerQuery, "filters")
        try bound(query.facets.count, by: SearchLimits.facetsPerQuery, "facets to count")
        guard (0...SearchLimits.pageSize).contains(query.limit) else {
            throw SearchError(.invalid, "a page has 0 to \(SearchLimits.pageSize) hits, not \(query.limit)")
        }
        var values = 0
        for case .facet(let field, let chosen) in query.filters {
            guard !chosen.isEmpty else { throw SearchError(.invalid, "the filter of \(field) names no value") }
            values += chosen.count
        }
        try bound(values, by: SearchLimits.valuesPerQuery, "values of facets")
    }

    private static func bound(_ count: Int, by maximum: Int, _ what: String) throws(SearchError) {
        guard count <= maximum else {
            throw SearchError(.invalid, "a query has at most \(maximum) \(what), not \(count)")
        }
    }

    /// One range for each number; nil when two contradict each other.
    private static func ranges(of query: SearchQuery) -> [Range]? {
        var bounds: [SearchField: (lower: Int64, upper: Int64)] = [:]
        for case .number(let field, let lower, let upper) in query.filters {
            let old = bounds[field] ?? (.min, .max)
            bounds[field] = (max(old.lower, lower ?? .min), min(old.upper, upper ?? .max))
        }
        var ranges: [Range] = []
        for (field, (lower, upper)) in bounds.sorted(by: { $0.key < $1.key }) {
            guard lower <= upper else { return nil }
            ranges.append(Range(field: field, bounds: lower...upper))
        }
        return ranges
    }

    /// What tells the queries apart between which no cursor can be carried.
    private static func fingerprint(of query: SearchQuery) -> UInt64 {
        var digest = ContentDigest()
        digest.combine(query.words)
        digest.combine(UInt64(query.lastWordIsPrefix ? 1 : 0))
        digest.combine(UInt64(query.filters.count))
        for filter in query.filters {
            switch filter {
            case .facet(let field, let values):
                digest.combine(UInt64(values.count))
                digest.combine(field.text)
                for value in values.sorted() { digest.combine(value.text) }
            case .number(let field, let lower, let upper):
                digest.combine(UInt64.max)
                digest.combine(field.text)
                digest.combine(lower ?? .min)
                digest.combine(upper ?? .max)
            case .flag(let field):
                digest.combine(UInt64.max - 1)
                digest.combine(field.text)
            }
        }
        switch query.sort {
        case .relevance: digest.combine(UInt64(0))
        case .ascending(let field):
            digest.combine(UInt64(1))
            digest.combine(field.text)
        case .descending(let field):
            digest.combine(UInt64(2))
            digest.combine(field.text)
        }
        return UInt64(truncatingIfNeeded: digest.value.bits)
    }
}
