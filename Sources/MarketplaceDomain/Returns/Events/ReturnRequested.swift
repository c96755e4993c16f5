public import MarketplaceCore

/// A buyer asked to return something.
public struct ReturnRequested: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ReturnRequested" }

    /// The return.
    public let returnID: ReturnID
    /// Of which order.
    public let orderID: OrderID
    /// Who bought.
    public let buyerID: MemberID
    /// Who sold; nil is the marketplace itself.
    public let sellerID: SellerID?
    /// What the buyer wants.
    public let kind: ReturnKind
    /// What comes back, and why.
    public let items: [ReturnItem]
    /// The order that is sent instead, of an exchange.
    public let replacementID: OrderID?
    /// Who asked.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        returnID: ReturnID,
        orderID: OrderID,
        buyerID: MemberID,
        sellerID: SellerID?,
        kind: ReturnKind,
        items: [ReturnItem],
        replacementID: OrderID?,
        by: CommandActor,
        at: Timestamp
    ) {
        self.returnID = returnID
        self.orderID = orderID
        self.buyerID = buyerID
        self.sellerID = sellerID
        self.kind = kind
        self.items = items
        self.replacementID = replacementID
        self.by = by
        self.at = at
    }
}
