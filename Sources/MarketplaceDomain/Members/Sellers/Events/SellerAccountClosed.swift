public import MarketplaceCore

/// A seller's account ended for good.
public struct SellerAccountClosed: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "SellerAccountClosed" }

    /// The seller.
    public let sellerID: SellerID
    /// Why.
    public let reason: SellerClosingReason
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(sellerID: SellerID, reason: SellerClosingReason, by: CommandActor, at: Timestamp) {
        self.sellerID = sellerID
        self.reason = reason
        self.by = by
        self.at = at
    }
}
