public import MarketplaceCore

/// A payout was begun: it settles these items and no others.
public struct PayoutCreated: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "PayoutCreated" }

    /// The payout.
    public let payoutID: PayoutID
    /// To whom.
    public let sellerID: SellerID
    /// How much.
    public let amount: Money
    /// For which period.
    public let period: SettlementPeriod
    /// The open items that it settles.
    public let settles: [OpenItemID]
    /// The entry that settles them.
    public let entryID: LedgerEntryID
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        payoutID: PayoutID,
        sellerID: SellerID,
        amount: Money,
        period: SettlementPeriod,
        settles: [OpenItemID],
        entryID: LedgerEntryID,
        by: CommandActor,
        at: Timestamp
    ) {
        self.payoutID = payoutID
        self.sellerID = sellerID
        self.amount = amount
        self.period = period
        self.settles = settles
        self.entryID = entryID
        self.by = by
        self.at = at
    }
}
