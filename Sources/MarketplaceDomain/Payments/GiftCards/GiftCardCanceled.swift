public import MarketplaceCore

/// A gift card that nobody had redeemed was called off: nobody can any more.
public struct GiftCardCanceled: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "GiftCardCanceled" }

    /// The card.
    public let giftCardID: GiftCardID
    /// How much was on it.
    public let amount: Money
    /// Why.
    public let reason: GiftCardCancellationReason
    /// Who called it off.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        giftCardID: GiftCardID,
        amount: Money,
        reason: GiftCardCancellationReason,
        by: CommandActor,
        at: Timestamp
    ) {
        self.giftCardID = giftCardID
        self.amount = amount
        self.reason = reason
        self.by = by
        self.at = at
    }
}
