public import MarketplaceCore

/// A gift card was issued; its code is nowhere recorded.
public struct GiftCardIssued: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "GiftCardIssued" }

    /// The card.
    public let giftCardID: GiftCardID
    /// What is on it.
    public let amount: Money
    /// Until when it can be redeemed, and what it gives be spent; nil for ever.
    public let expiresAt: Timestamp?
    /// Who issued it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(giftCardID: GiftCardID, amount: Money, expiresAt: Timestamp?, by: CommandActor, at: Timestamp) {
        self.giftCardID = giftCardID
        self.amount = amount
        self.expiresAt = expiresAt
        self.by = by
        self.at = at
    }
}
