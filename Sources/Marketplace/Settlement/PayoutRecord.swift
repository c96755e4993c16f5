public import MarketplaceCore
public import MarketplaceDomain

/// A payout as it is listed.
public struct PayoutRecord: Sendable, Hashable, Codable {
    /// The payout.
    public let payoutID: PayoutID
    /// To whom.
    public let sellerID: SellerID
    /// How much.
    public let amount: Money
    /// For which period.
    public let period: SettlementPeriod
    /// Where it is in its life.
    public let status: PayoutStatus
    /// When it was begun.
    public let createdAt: Timestamp

    init?(_ payout: Payout) {
        guard let created = payout.created, let status = payout.status else { return nil }
        payoutID = created.payoutID
        sellerID = created.sellerID
        amount = created.amount
        period = created.period
        self.status = status
        createdAt = created.at
    }
}
