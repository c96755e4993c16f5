public import MarketplaceCore

/// A seller may not sell for a while.
public struct SellerAccountSuspended: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "SellerAccountSuspended" }

    /// The seller.
    public let sellerID: SellerID
    /// Why.
    public let reason: SellerSuspensionReason
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(sellerID: SellerID, reason: SellerSuspensionReason, by: CommandActor, at: Timestamp) {
        self.sellerID = sellerID
        self.reason = reason
        self.by = by
        self.at = at
    }
}
