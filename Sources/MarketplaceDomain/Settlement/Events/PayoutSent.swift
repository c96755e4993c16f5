public import MarketplaceCore

/// The bank is asked for a payout; it may do it from here on.
public struct PayoutSent: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "PayoutSent" }

    /// The payout.
    public let payoutID: PayoutID
    /// To whom.
    public let sellerID: SellerID
    /// How much.
    public let amount: Money
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        payoutID: PayoutID,
        sellerID: SellerID,
        amount: Money,
        by: CommandActor,
        at: Timestamp
    ) {
        self.payoutID = payoutID
        self.sellerID = sellerID
        self.amount = amount
        self.by = by
        self.at = at
    }
}
