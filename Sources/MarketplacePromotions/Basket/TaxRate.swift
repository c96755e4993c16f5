public import MarketplaceCore

/// A rate of value-added or sales tax, and whether prices contain it.
public struct TaxRate: Sendable, Hashable {
    /// The rate; not negative.
    public var percentage: Percentage
    /// Whether prices contain the tax (gross prices) or it comes on top (net prices).
    public var isIncluded: Bool

    /// A rate that prices contain.
    public static func included(_ percentage: Percentage) -> TaxRate {
        TaxRate(percentage: percentage, isIncluded: true)
    }

    /// A rate that comes on top of prices.
    public static func added(_ percentage: Percentage) -> TaxRate {
        TaxRate(percentage: percentage, isIncluded: false)
    }

    /// A rate, and whether prices contain it.
    public init(percentage: Percentage, isIncluded: Bool) {
        self.percentage = percentage
        self.isIncluded = isIncluded
    }
}
