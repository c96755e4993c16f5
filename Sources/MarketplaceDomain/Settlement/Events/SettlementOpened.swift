public import MarketplaceCore

/// The settlement of an order was begun: who gets what of every unit is frozen.
public struct SettlementOpened: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "SettlementOpened" }

    /// The order.
    public let orderID: OrderID
    /// The currency of all amounts.
    public let currency: Currency
    /// The lines and delivery charges.
    public let lines: [SettledLine]
    /// How long after delivery earnings mature, in seconds.
    public let holdBackSeconds: Int64
    /// Who began it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        currency: Currency,
        lines: [SettledLine],
        holdBackSeconds: Int64,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.currency = currency
        self.lines = lines
        self.holdBackSeconds = holdBackSeconds
        self.by = by
        self.at = at
    }
}
