public import MarketplaceCore

/// A payout reached its seller.
public struct PayoutPaid: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "PayoutPaid" }

    /// The payout.
    public let payoutID: PayoutID
    /// To whom.
    public let sellerID: SellerID
    /// How much.
    public let amount: Money
    /// What the bank calls it.
    public let reference: PayoutReference
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        payoutID: PayoutID,
        sellerID: SellerID,
        amount: Money,
        reference: PayoutReference,
        by: CommandActor,
        at: Timestamp
    ) {
        self.payoutID = payoutID
        self.sellerID = sellerID
        self.amount = amount
        self.reference = reference
        self.by = by
        self.at = at
    }
}
