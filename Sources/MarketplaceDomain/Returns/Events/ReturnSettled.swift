public import MarketplaceCore

/// All that a return leads to has happened: money was given back, goods were taken into stock, a replacement ordered.
public struct ReturnSettled: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ReturnSettled" }

    /// The return.
    public let returnID: ReturnID
    /// Of which order.
    public let orderID: OrderID
    /// Who noted it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(returnID: ReturnID, orderID: OrderID, by: CommandActor, at: Timestamp) {
        self.returnID = returnID
        self.orderID = orderID
        self.by = by
        self.at = at
    }
}
