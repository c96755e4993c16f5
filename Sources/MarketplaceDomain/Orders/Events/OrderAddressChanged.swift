public import MarketplaceCore

/// An order is to be sent somewhere else.
///
/// The address itself is personal data, in a document that can be erased.
public struct OrderAddressChanged: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "OrderAddressChanged" }

    /// The order.
    public let orderID: OrderID
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.by = by
        self.at = at
    }
}
