public import MarketplaceCore

/// A condition on the documents that are found; all conditions of a query must hold.
public enum SearchFilter: Hashable, Sendable {
    /// The facet has at least one of the values.
    ///
    /// Two filters on one facet both must hold: a document that has "waterproof" and "light", say.
    case facet(SearchField, anyOf: Set<SearchValue>)
    /// The number is there and lies within the bounds, both included; nil is no bound.
    case number(SearchField, atLeast: Int64? = nil, atMost: Int64? = nil)
    /// The flag is set.
    case flag(SearchField)
}
