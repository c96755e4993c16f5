public import MarketplaceCore

/// A change of stock that no reservation makes: units that came in, were counted, broke, or went elsewhere.
public struct StockChange: Hashable, Sendable {
    /// Names it, chosen by the caller: a repeated change changes nothing.
    public let id: MovementID
    /// Of what, and where.
    public let point: StockPoint
    /// What happened.
    public let action: StockAction
    /// What it was for: a purchase order, a count, a return.
    public let reference: StockReference?
    /// The time of the call, as of every call: when it is recorded, not when it happened.
    ///
    /// What is overdue at it counts as expired, and it is remembered for the retention from then on: a receipt that is
    /// booked days late carries the time at which it is booked, and its own date in what ``reference`` leads to.
    public let time: Timestamp

    /// Makes a change.
    public init(
        id: MovementID,
        sku: SKU,
        at location: LocationKey = .main,
        _ action: StockAction,
        reference: StockReference? = nil,
        time: Timestamp
    ) {
        self.id = id
        point = StockPoint(sku, at: location)
        self.action = action
        self.reference = reference
        self.time = time
    }

    /// Units that came in: the most frequent change.
    public static func restock(
        id: MovementID,
        sku: SKU,
        quantity: Quantity,
        location: LocationKey = .main,
        reference: StockReference? = nil,
        at time: Timestamp
    ) -> StockChange {
        StockChange(id: id, sku: sku, at: location, .restock(quantity), reference: reference, time: time)
    }
}
