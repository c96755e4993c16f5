public import MarketplaceCore

/// A range of amounts, bounds included; a missing bound is no bound.
public struct AmountRange: Sendable, Hashable {
    /// The least amount that is in it.
    public var atLeast: Money?
    /// The greatest amount that is in it.
    public var atMost: Money?

    /// A range of amounts.
    public init(atLeast: Money? = nil, atMost: Money? = nil) {
        self.atLeast = atLeast
        self.atMost = atMost
    }

    /// From an amount on.
    public static func atLeast(_ amount: Money) -> AmountRange { AmountRange(atLeast: amount) }
    /// Up to an amount.
    public static func atMost(_ amount: Money) -> AmountRange { AmountRange(atMost: amount) }

    func contains(minor: Int64) -> Bool {
        (atLeast.map { $0.minorUnits <= minor } ?? true) && (atMost.map { minor <= $0.minorUnits } ?? true)
    }
}
