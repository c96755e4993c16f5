public import MarketplaceCore

/// A suspended seller may sell again.
public struct SellerAccountReinstated: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "SellerAccountReinstated" }

    /// The seller.
    public let sellerID: SellerID
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(sellerID: SellerID, by: CommandActor, at: Timestamp) {
        self.sellerID = sellerID
        self.by = by
        self.at = at
    }
}
