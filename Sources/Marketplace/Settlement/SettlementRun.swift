public import MarketplaceCore
public import MarketplaceDomain

/// What the run of a period did for one seller in one currency.
public struct SettlementRun: Sendable, Hashable, Codable {
    /// The seller.
    public let sellerID: SellerID
    /// The currency.
    public let currency: Currency
    /// The payouts that were begun, in their order.
    public internal(set) var payouts: [PayoutID] = []
    /// What was too little to pay out and stays open; nil when nothing did.
    public internal(set) var carriedOver: Money?
    /// The entry by which the seller came into debt; nil when there is none.
    public internal(set) var debtEntryID: LedgerEntryID?
    /// The entry by which all earnings were held back, the last one where there are several; nil when there is none.
    public internal(set) var reserveEntryID: LedgerEntryID?
    /// Why the seller was not settled, or only in part; nil when the run came to its end.
    ///
    /// It is not recorded: the period can be settled again for that seller.
    public internal(set) var failure: SettlementError?

    private enum CodingKeys: String, CodingKey {
        case sellerID, currency, payouts, carriedOver, debtEntryID, reserveEntryID
    }

    init(sellerID: SellerID, currency: Currency) {
        self.sellerID = sellerID
        self.currency = currency
    }
}
