public import MarketplaceCore

/// What a ``BuyerGroup`` names.
public enum BuyerGroupSubject {}

/// Names a group of buyers who have prices of their own, such as `wholesale`.
public typealias BuyerGroup = TextKey<BuyerGroupSubject>

/// A price for a group of buyers, or for everybody, from some number of units on, always or for a time.
public struct PriceTier: Sendable, Hashable, Codable {
    /// Whom it is for; nil for everybody.
    public let group: BuyerGroup?
    /// From how many units of one variant on.
    public let minimumQuantity: Quantity
    /// The price of one unit.
    public let price: Money
    /// The first point in time at which it is valid; nil when it always was.
    public let validFrom: Timestamp?
    /// The first point in time at which it no longer is; nil when it stays.
    public let validUntil: Timestamp?

    /// Makes a tier.
    ///
    /// - Parameters:
    ///   - group: Whom it is for; nil for everybody.
    ///   - minimumQuantity: From how many units of one variant on.
    ///   - price: The price of one unit.
    ///   - validFrom: The first point in time at which it is valid; nil when it always was.
    ///   - validUntil: The first point in time at which it no longer is; nil when it stays. A product refuses one that is
    ///     not after `validFrom`.
    public init(
        for group: BuyerGroup? = nil,
        from minimumQuantity: Quantity = .one,
        price: Money,
        validFrom: Timestamp? = nil,
        validUntil: Timestamp? = nil
    ) {
        self.group = group
        self.minimumQuantity = minimumQuantity
        self.price = price
        self.validFrom = validFrom
        self.validUntil = validUntil
    }

    /// Whether it is valid at a point in time.
    public func isValid(at time: Timestamp) -> Bool {
        (validFrom.map { $0 <= time } ?? true) && (validUntil.map { time < $0 } ?? true)
    }

    /// Whether a buyer who is in these groups and takes so many units can have it at a point in time.
    public func isOpen(to groups: Set<BuyerGroup>, taking quantity: Quantity, at time: Timestamp) -> Bool {
        minimumQuantity <= quantity && (group.map(groups.contains) ?? true) && isValid(at: time)
    }
}
