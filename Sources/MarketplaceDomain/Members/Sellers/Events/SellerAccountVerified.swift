public import MarketplaceCore

/// A seller was let in.
public struct SellerAccountVerified: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "SellerAccountVerified" }

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
