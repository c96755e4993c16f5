public import MarketplaceCore

/// A return moved along its lifecycle.
///
/// What came back is told by ``ReturnReceived`` alone, what was given back by ``ReturnCompleted``.
public struct ReturnStatusChanged: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ReturnStatusChanged" }

    /// The return.
    public let returnID: ReturnID
    /// Of which order.
    public let orderID: OrderID
    /// Its status until now.
    public let from: ReturnStatus
    /// Its status from now on.
    public let to: ReturnStatus
    /// Why it was rejected, if it was.
    public let rejection: ReturnRejectionReason?
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        returnID: ReturnID,
        orderID: OrderID,
        from: ReturnStatus,
        to: ReturnStatus,
        rejection: ReturnRejectionReason?,
        by: CommandActor,
        at: Timestamp
    ) {
        self.returnID = returnID
        self.orderID = orderID
        self.from = from
        self.to = to
        self.rejection = rejection
        self.by = by
        self.at = at
    }
}
