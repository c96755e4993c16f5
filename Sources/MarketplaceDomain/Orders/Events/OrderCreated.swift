public import MarketplaceCore

/// A member ordered.
public struct OrderCreated: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "OrderCreated" }

    /// The order.
    public let orderID: OrderID
    /// Who ordered.
    public let buyerID: MemberID
    /// What was ordered, at which prices.
    public let lines: [OrderLine]
    /// What each unit is sold for, where promotions, shipping or tax make it another amount than its price.
    public let shares: FrozenShares?
    /// What is to be paid.
    public let total: Money
    /// The purchase of several sellers it is a part of, if it is one.
    public let groupID: OrderGroupID?
    /// The shipping charges that are the group's, not the seller's, and stand with this order so that all add up.
    public let groupCharges: [BasketLineID]?
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        buyerID: MemberID,
        lines: [OrderLine],
        shares: FrozenShares? = nil,
        total: Money,
        groupID: OrderGroupID? = nil,
        groupCharges: [BasketLineID]? = nil,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.buyerID = buyerID
        self.lines = lines
        self.shares = shares
        self.total = total
        self.groupID = groupID
        self.groupCharges = groupCharges
        self.by = by
        self.at = at
    }
}

extension OrderCreated {
    /// Who sells all of it; nil when that is the platform, or not one seller alone.
    public var sellerID: SellerID? { lines.commonSellerID }
}
