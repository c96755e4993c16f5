public import MarketplaceCore

/// What can be asked of a payout.
public enum PayoutAction: Sendable, Hashable {
    /// Begin it: so much to that seller, for these open items, which the entry settles.
    case create(
        id: PayoutID,
        seller: SellerID,
        amount: Money,
        period: SettlementPeriod,
        settles: [OpenItemID],
        entry: LedgerEntryID
    )
    /// Take note that the bank is about to be asked.
    case send
    /// Take note that it reached the seller.
    case confirm(PayoutReference)
    /// Take note that the bank refused it.
    case fail(PayoutFailureReason)
    /// Take note that it came back after it was paid.
    case `return`(PayoutFailureReason)
}
