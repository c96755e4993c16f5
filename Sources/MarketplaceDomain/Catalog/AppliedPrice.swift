public import MarketplaceCore

/// Which price of a variant applies to a purchase.
public struct AppliedPrice: Sendable, Hashable {
    /// The price of one unit.
    public let unitPrice: Money
    /// The tier it comes from; nil when it is the variant's own price.
    public let tier: PriceTier?
}

extension AppliedPrice {
    init(
        lowestOf price: Money,
        _ tiers: [PriceTier],
        for groups: Set<BuyerGroup>,
        taking quantity: Quantity,
        at time: Timestamp
    ) {
        self.init(unitPrice: price, tier: nil)
        for tier in tiers where tier.isOpen(to: groups, taking: quantity, at: time) {
            guard tier.price.minorUnits < unitPrice.minorUnits else { continue }
            self.init(unitPrice: tier.price, tier: tier)
        }
    }
}

extension ProductVariant {
    /// The price at which a buyer who is in these groups can have so many units at a point in time: the lowest that is
    /// open.
    ///
    /// The variant's own price is open to everybody. Of equal prices the variant's own comes first, then the tiers in
    /// their order, so the answer does not depend on chance. Every tier is in the currency of the variant.
    ///
    /// - Complexity: linear in the number of tiers.
    public func price(
        for groups: Set<BuyerGroup> = [],
        taking quantity: Quantity,
        at time: Timestamp
    ) -> AppliedPrice {
        AppliedPrice(lowestOf: price, tiers, for: groups, taking: quantity, at: time)
    }
}
