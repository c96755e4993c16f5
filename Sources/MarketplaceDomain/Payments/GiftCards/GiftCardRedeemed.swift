public import MarketplaceCore

/// What was on a gift card became a member's store credit.
public struct GiftCardRedeemed: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "GiftCardRedeemed" }

    /// The card.
    public let giftCardID: GiftCardID
    /// Whose credit it became.
    public let memberID: MemberID
    /// How much.
    public let amount: Money
    /// Who redeemed it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(giftCardID: GiftCardID, memberID: MemberID, amount: Money, by: CommandActor, at: Timestamp) {
        self.giftCardID = giftCardID
        self.memberID = memberID
        self.amount = amount
        self.by = by
        self.at = at
    }
}
