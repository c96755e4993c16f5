public import MarketplaceCore

/// What can be asked of the settlement of an order.
public enum OrderSettlementAction: Sendable, Hashable {
    /// Begin it with frozen lines. Earnings mature so many seconds after delivery.
    case open(order: OrderID, currency: Currency, lines: [SettledLine], holdBackSeconds: Int64)
    /// Post that money of the buyer was taken.
    case capture(entry: LedgerEntryID, amount: Money, tender: SettlementTender)
    /// Post that units came to the buyer, so that their sellers have earned them.
    case deliver(entry: LedgerEntryID, units: [LineUnits])
    /// Take note that a change of the order called units off and added others, which the last units of their lines become;
    /// `paid` is what the buyer paid for the difference, nil when there was nothing to pay; `owed` what of a difference to
    /// give back is owed to them, who had been given the rest before as goodwill, nil where it is as much as there is. What
    /// nobody has borne yet of that was promised by a return whose entry is to come: `bearer`, a seller or the marketplace,
    /// bears it then, and gets it back ahead.
    case amend(
        entry: LedgerEntryID,
        canceled: [LineUnits],
        added: [SettledLine],
        paid: Money?,
        owed: Money? = nil,
        bearer: SellerID? = nil,
        tender: SettlementTender
    )
    /// Post that what changes made the order owe to its buyer was given back, or a part of it.
    case settleChange(entry: LedgerEntryID, amount: Money, tender: SettlementTender)
    /// Post that units were refunded.
    ///
    /// `given` is what the buyer is given now, `givenBefore` what they are not, because they had been given it before as
    /// goodwill (nil for nothing): whoever bore that gets it back. Where all is given that is left of what was taken, the
    /// rest of the price was given before, as far as anybody has borne it, whether it is said or not. What was paid for the units and is in neither is kept
    /// back by `bearer`, a seller or the marketplace, who bears what is in them beyond it.
    ///
    /// Where `given` is nil, what is given is what was paid for the units, or what is left of what was taken where the
    /// buyer had been given the rest before; `givenBefore` then says how much that was at least, where it is known: what
    /// is left here may have been promised to somebody else since.
    case refund(
        entry: LedgerEntryID,
        units: [LineUnits],
        stage: RefundStage,
        given: Money? = nil,
        givenBefore: Money? = nil,
        bearer: SellerID? = nil,
        tender: SettlementTender
    )
    /// Post that the buyer was given something beyond what was returned, at the cost of a seller or the marketplace.
    case compensate(entry: LedgerEntryID, amount: Money, seller: SellerID?, tender: SettlementTender)
    /// Post that the buyer is to be given something beyond what was returned, at the cost of a seller or the marketplace.
    case oweGoodwill(entry: LedgerEntryID, amount: Money, seller: SellerID?)
    /// Post that the buyer was given what was owed to them so, or a part of it.
    case payGoodwill(entry: LedgerEntryID, amount: Money, tender: SettlementTender)
    /// Post that the buyer was given less than was paid for what was returned, which a seller or the marketplace keeps:
    /// the discount on it was for more than the buyer has kept.
    case retain(entry: LedgerEntryID, amount: Money, seller: SellerID?, tender: SettlementTender)
}

extension OrderSettlementAction {
    /// With what money moves; nil where none does.
    var tender: SettlementTender? {
        switch self {
        case .open, .deliver, .oweGoodwill: nil
        case .capture(_, _, let tender), .amend(_, _, _, _, _, _, let tender), .settleChange(_, _, let tender),
            .payGoodwill(_, _, let tender), .refund(_, _, _, _, _, _, let tender), .compensate(_, _, _, let tender),
            .retain(_, _, _, let tender):
            tender
        }
    }
}
