public import MarketplaceCore

/// It was fixed what a return gives back; ``ReturnSettled`` tells that it has happened.
public struct ReturnCompleted: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ReturnCompleted" }

    /// The return.
    public let returnID: ReturnID
    /// Of which order.
    public let orderID: OrderID
    /// What is given back; zero where goods are sent instead.
    public let refunded: Money
    /// What would have been given beyond that, had the buyer not been given it before as goodwill; nil where nothing.
    public let givenBefore: Money?
    /// The units that money is given back for.
    public let units: [OrderUnits]
    /// The delivery charges that are given back, whole.
    public let charges: [BasketLineID]
    /// The order that is sent instead, of a claim; that of an exchange is the buyer's own, see ``ReturnRequested``.
    public let replacementID: OrderID?
    /// Who fixed it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        returnID: ReturnID,
        orderID: OrderID,
        refunded: Money,
        givenBefore: Money? = nil,
        units: [OrderUnits] = [],
        charges: [BasketLineID] = [],
        replacementID: OrderID? = nil,
        by: CommandActor,
        at: Timestamp
    ) {
        self.returnID = returnID
        self.orderID = orderID
        self.refunded = refunded
        self.givenBefore = givenBefore
        self.units = units
        self.charges = charges
        self.replacementID = replacementID
        self.by = by
        self.at = at
    }
}

extension ReturnCompleted {
    /// Whether both fix the same, whoever did so and when.
    func isSame(as other: ReturnCompleted) -> Bool {
        refunded == other.refunded && units == other.units && charges == other.charges
            && replacementID == other.replacementID
    }
}
