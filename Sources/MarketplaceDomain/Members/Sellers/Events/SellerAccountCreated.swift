public import MarketplaceCore

/// A member applied to sell.
public struct SellerAccountCreated: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "SellerAccountCreated" }

    /// The seller.
    public let sellerID: SellerID
    /// Whose account it is.
    public let ownerID: MemberID
    /// The enterprise that sells; nil for a person.
    public let enterpriseID: EnterpriseID?
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(sellerID: SellerID, ownerID: MemberID, enterpriseID: EnterpriseID?, by: CommandActor, at: Timestamp) {
        self.sellerID = sellerID
        self.ownerID = ownerID
        self.enterpriseID = enterpriseID
        self.by = by
        self.at = at
    }
}
