public import MarketplaceCore

/// Which price of a variant applies to a purchase.
public struct AppliedPrice: Sendable, Hashable {
    /// The price of one unit.
    public let unitPrice: Money
    /// The tier it comes from; nil when it is the variant's own price.
    public let tier: PriceTier?
}

extension ProductVariant {
    /// The price at which a buyer who is in these groups can have so many units: the lowest that is open.
    ///
    /// The variant's own price is open to everybody. Of equal prices the variant's own comes first, then the tiers in
    /// their order, so the answer does not depend on chance. Every tier is in the currency of the variant.
    ///
    /// - Complexity: linear in the number of tiers.
    public func price(for groups: Set<BuyerGroup> = [], taking quantity: Quantity) -> AppliedPrice {
        var best = AppliedPrice(unitPrice: price, tier: nil)
        for tier in tiers where tier.isOpen(to: groups, taking: quantity) {
            guard tier.price.minorUnits < best.unitPrice.minorUnits else { continue }
            best = AppliedPrice(unitPrice: tier.price, tier: tier)
        }
        return best
    }
}
