public import MarketplaceCore

/// What a ``BuyerGroup`` names.
public enum BuyerGroupSubject {}

/// Names a group of buyers who have prices of their own, such as `wholesale`.
public typealias BuyerGroup = TextKey<BuyerGroupSubject>

/// A price for a group of buyers, or for everybody, from some number of units on.
public struct PriceTier: Sendable, Hashable, Codable {
    /// Whom it is for; nil for everybody.
    public let group: BuyerGroup?
    /// From how many units of one variant on.
    public let minimumQuantity: Quantity
    /// The price of one unit.
    public let price: Money

    /// Makes a tier.
    public init(for group: BuyerGroup? = nil, from minimumQuantity: Quantity = .one, price: Money) {
        self.group = group
        self.minimumQuantity = minimumQuantity
        self.price = price
    }

    /// Whether a buyer who is in these groups and takes so many units can have it.
    public func isOpen(to groups: Set<BuyerGroup>, taking quantity: Quantity) -> Bool {
        minimumQuantity <= quantity && (group.map(groups.contains) ?? true)
    }
}
