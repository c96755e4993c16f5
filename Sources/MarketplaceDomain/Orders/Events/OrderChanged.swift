public import MarketplaceCore

/// The quantities of an order were changed before they were shipped.
///
/// Units that stay are sold for what they were sold for. The last units of a line go first.
public struct OrderChanged: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "OrderChanged" }

    /// The order.
    public let orderID: OrderID
    /// The lines that changed.
    public let lines: [OrderAmendment.Line]
    /// What it came to.
    public let previousTotal: Money
    /// What it comes to; the difference is owed to or by the buyer.
    public let total: Money
    /// What of the difference came to be owed to the buyer, who had been given the rest before; nil where it is all of it.
    public let owed: Money?
    /// By which the difference was paid; nil when there was none to pay.
    public let paidBy: PaymentID?
    /// The earlier change whose added units are taken off again, because their stock was gone; nil for none.
    public let undoneChange: Int?
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        lines: [OrderAmendment.Line],
        previousTotal: Money,
        total: Money,
        owed: Money? = nil,
        paidBy: PaymentID? = nil,
        undoneChange: Int? = nil,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.lines = lines
        self.previousTotal = previousTotal
        self.total = total
        self.owed = owed
        self.paidBy = paidBy
        self.undoneChange = undoneChange
        self.by = by
        self.at = at
    }
}
