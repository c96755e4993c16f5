public import MarketplaceCore

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
