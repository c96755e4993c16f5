import MarketplaceCore

extension OrderSettlement.Known {
    func compensate(
        _ entry: LedgerEntryID,
        _ amount: Money,
        _ seller: SellerID?,
        _ tender: SettlementTender
    ) throws(OrderSettlementRejection) -> [LedgerEvent] {
        let cause = LedgerCause(.goodwill, order: opened.orderID, seller: seller, amount: amount, tender: tender)
        guard try isNew(entry, cause) else { return [] }
        try check(amount, borneBy: seller)
        return try posted(entry, cause, amounts(amount.minorUnits, .given, by: tender, with: bearer(seller)))
    }

    /// The buyer is owed it from now on, so that whatever is called off later gives that much less, also before it is
    /// paid.
    func oweGoodwill(
        _ entry: LedgerEntryID,
        _ amount: Money,
        _ seller: SellerID?
    ) throws(OrderSettlementRejection) -> [LedgerEvent] {
        let cause = LedgerCause(
            .goodwill,
            order: opened.orderID,
            seller: seller,
            amount: amount,
            goodwillStage: .owed
        )
        guard try isNew(entry, cause) else { return [] }
        try check(amount, borneBy: seller)
        let exact = Int128(amount.minorUnits)
        return try posted(entry, cause, [bearer(seller): exact, .prepayments: -exact])
    }

    func payGoodwill(
        _ entry: LedgerEntryID,
        _ amount: Money,
        _ tender: SettlementTender
    ) throws(OrderSettlementRejection) -> [LedgerEvent] {
        let cause = LedgerCause(
            .goodwill,
            order: opened.orderID,
            amount: amount,
            tender: tender,
            goodwillStage: .paid
        )
        guard try isNew(entry, cause) else { return [] }
        try check(amount)
        let owed = settlement.owedGoodwillMinor
        guard amount.minorUnits <= owed else { throw .exceedsCaptured(requested: amount, left: money(owed)) }
        return try posted(entry, cause, amounts(amount.minorUnits, .given, by: tender, with: .prepayments))
    }

    private func check(_ amount: Money, borneBy seller: SellerID?) throws(OrderSettlementRejection) {
        try check(amount)
        try check(bearer: seller)
        let kept = keptMinor
        guard amount.minorUnits <= kept else { throw .exceedsCaptured(requested: amount, left: money(kept)) }
        try checkBorne(and: Int128(amount.minorUnits))
    }

    func retain(
        _ entry: LedgerEntryID,
        _ amount: Money,
        _ seller: SellerID?,
        _ tender: SettlementTender
    ) throws(OrderSettlementRejection) -> [LedgerEvent] {
        let cause = LedgerCause(.retention, order: opened.orderID, seller: seller, amount: amount, tender: tender)
        guard try isNew(entry, cause) else { return [] }
        try check(amount)
        try check(bearer: seller)
        let given =
            settlement.capturedMinor - keptMinor - settlement.owedMinor - settlement.owedGoodwillMinor
            - settlement.exchangedMinor
        guard amount.minorUnits <= given else { throw .exceedsCaptured(requested: amount, left: money(given)) }
        try checkKept(and: Int128(amount.minorUnits))
        return try posted(entry, cause, amounts(amount.minorUnits, .taken, by: tender, with: bearer(seller)))
    }
}
