public import MarketplaceCore

/// A member ordered of several sellers at once.
public struct OrderGroupCreated: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "OrderGroupCreated" }

    /// The group.
    public let groupID: OrderGroupID
    /// Who ordered.
    public let buyerID: MemberID
    /// Its orders.
    public let orders: [GroupedOrder]
    /// The payment of them all.
    public let paymentID: PaymentID
    /// What they come to together, in the one currency of all.
    public let total: Money
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        groupID: OrderGroupID,
        buyerID: MemberID,
        orders: [GroupedOrder],
        paymentID: PaymentID,
        total: Money,
        by: CommandActor,
        at: Timestamp
    ) {
        self.groupID = groupID
        self.buyerID = buyerID
        self.orders = orders
        self.paymentID = paymentID
        self.total = total
        self.by = by
        self.at = at
    }
}
