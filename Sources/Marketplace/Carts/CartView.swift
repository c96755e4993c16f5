public import MarketplaceCore
public import MarketplaceDomain

/// A cart as it can be bought now: at today's prices, with what changed since the buyer looked last.
public struct CartView: Sendable, Hashable {
    /// What is wanted.
    public let cart: Cart
    /// What is sold of it.
    public let offers: [SKU: CartOffer]
    /// What the buyer should know, in the order of the lines.
    public let warnings: [CartWarning]
    /// What it comes to, with an explanation for every promotion and code; nil when nothing of it is sold.
    public let quote: Quote?
    /// What a checkout is asked for, the total the buyer sees stated; nil when nothing of it is sold.
    public let purchase: Purchase?

    /// Today's prices of one unit, for ``CartAction/acknowledge(_:)``.
    public var prices: [SKU: Money] { offers.mapValues(\.line.unitPrice) }

    /// Whether it can be bought as it is: it is not empty, and nothing but prices has changed.
    public var isBuyable: Bool {
        purchase != nil
            && warnings.allSatisfy { warning in
                if case .priceChanged = warning { true } else { false }
            }
    }
}
