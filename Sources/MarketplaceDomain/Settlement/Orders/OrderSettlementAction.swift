public import MarketplaceCore

/// What can be asked of the settlement of an order.
public enum OrderSettlementAction: Sendable, Hashable {
    /// Begin it with frozen lines. Earnings mature so many seconds after delivery.
    case open(order: OrderID, currency: Currency, lines: [SettledLine], holdBackSeconds: Int64)
    /// Post that money of the buyer was taken.
    case capture(entry: LedgerEntryID, amount: Money, tender: SettlementTender)
    /// Post that units came to the buyer, so that their sellers have earned them.
    case deliver(entry: LedgerEntryID, units: [LineUnits])
    /// Post that units were refunded.
    case refund(entry: LedgerEntryID, units: [LineUnits], stage: RefundStage, tender: SettlementTender)
    /// Post that the buyer was given something beyond what was returned, at the cost of a seller or the marketplace.
    case compensate(entry: LedgerEntryID, amount: Money, seller: SellerID?, tender: SettlementTender)
    /// Post that the buyer was given less than was paid for what was returned, which a seller or the marketplace keeps:
    /// the discount on it was for more than the buyer has kept.
    case retain(entry: LedgerEntryID, amount: Money, seller: SellerID?, tender: SettlementTender)
}
