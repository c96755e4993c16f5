public import MarketplaceCore

/// The order of what is found; ties are ordered by key, ascending.
public enum SearchSort: Hashable, Sendable {
    /// The highest ``SearchScore`` first.
    case relevance
    /// The lowest number first; a document without it comes where `Int64.max` would.
    case ascending(SearchField)
    /// The highest number first; a document without it comes where `Int64.min` would.
    case descending(SearchField)
}

extension SearchSort {
    /// The number by which a document is ordered.
    ///
    /// - Parameters:
    ///   - score: The score of the document.
    ///   - number: Gives a number of the document, or nil.
    /// - Returns: The score, the number, or what stands for a number that is not there.
    public func value(score: SearchScore, number: (SearchField) -> Int64?) -> Int64 {
        switch self {
        case .relevance: Int64(score.value)
        case .ascending(let field): number(field) ?? .max
        case .descending(let field): number(field) ?? .min
        }
    }

    /// Whether the document with the lower number comes first.
    public var isAscending: Bool {
        if case .ascending = self { true } else { false }
    }
}
