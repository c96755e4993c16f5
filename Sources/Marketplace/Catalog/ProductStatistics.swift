public import MarketplaceDomain

/// How a product is liked and sold.
public struct ProductStatistics: Sendable, Hashable {
    /// The stars of its published reviews.
    public let ratings: RatingHistogram
    /// The units of confirmed orders that were not called off.
    public let unitsSold: Int64
}
