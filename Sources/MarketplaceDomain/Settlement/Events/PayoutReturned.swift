public import MarketplaceCore

/// A payout came back after it was paid: the seller is owed it again.
public struct PayoutReturned: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "PayoutReturned" }

    /// The payout.
    public let payoutID: PayoutID
    /// To whom.
    public let sellerID: SellerID
    /// How much.
    public let amount: Money
    /// Why.
    public let reason: PayoutFailureReason
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        payoutID: PayoutID,
        sellerID: SellerID,
        amount: Money,
        reason: PayoutFailureReason,
        by: CommandActor,
        at: Timestamp
    ) {
        self.payoutID = payoutID
        self.sellerID = sellerID
        self.amount = amount
        self.reason = reason
        self.by = by
        self.at = at
    }
}
