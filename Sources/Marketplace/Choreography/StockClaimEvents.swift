public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceInventory

/// All that can happen to the stock of an order that is paid first.
public enum StockClaimEvent: EventUnion {
    /// It became known what was ordered.
    case requested(StockClaimRequested)
    /// It became known that it is paid.
    case paid(StockClaimPaid)
    /// The stock is taken.
    case taken(StockTaken)
    /// There is not enough, or it may not be sold.
    case refused(StockRefused)

    /// How each stored kind of event becomes a value of this type.
    public static let cases = [
        EventCase(StockClaimEvent.requested),
        EventCase(StockClaimEvent.paid),
        EventCase(StockClaimEvent.taken),
        EventCase(StockClaimEvent.refused),
    ]

    /// The payload of this event.
    public var payload: any EventPayload {
        switch self {
        case .requested(let payload): payload
        case .paid(let payload): payload
        case .taken(let payload): payload
        case .refused(let payload): payload
        }
    }
}

/// It became known what was ordered by whom.
public struct StockClaimRequested: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "StockClaimRequested" }

    /// The order.
    public let orderID: OrderID
    /// Who ordered.
    public let buyerID: MemberID
    /// What was ordered.
    public let lines: [OrderLine]
    /// When it became known.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(orderID: OrderID, buyerID: MemberID, lines: [OrderLine], at: Timestamp) {
        self.orderID = orderID
        self.buyerID = buyerID
        self.lines = lines
        self.at = at
    }
}

/// It became known that an order is paid.
public struct StockClaimPaid: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "StockClaimPaid" }

    /// The order.
    public let orderID: OrderID
    /// When it became known.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(orderID: OrderID, at: Timestamp) {
        self.orderID = orderID
        self.at = at
    }
}

/// The stock of an order is taken.
public struct StockTaken: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "StockTaken" }

    /// The order.
    public let orderID: OrderID
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(orderID: OrderID, at: Timestamp) {
        self.orderID = orderID
        self.at = at
    }
}

/// The stock of an order was refused, although it is paid.
public struct StockRefused: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "StockRefused" }

    /// The order.
    public let orderID: OrderID
    /// Why.
    public let refusal: InventoryRefusal
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(orderID: OrderID, refusal: InventoryRefusal, at: Timestamp) {
        self.orderID = orderID
        self.refusal = refusal
        self.at = at
    }
}
