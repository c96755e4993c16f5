public import MarketplaceCore

/// A return was settled.
public struct ReturnCompleted: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ReturnCompleted" }

    /// The return.
    public let returnID: ReturnID
    /// Of which order.
    public let orderID: OrderID
    /// What was given back; zero where goods were sent instead.
    public let refunded: Money
    /// Who settled it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(returnID: ReturnID, orderID: OrderID, refunded: Money, by: CommandActor, at: Timestamp) {
        self.returnID = returnID
        self.orderID = orderID
        self.refunded = refunded
        self.by = by
        self.at = at
    }
}
