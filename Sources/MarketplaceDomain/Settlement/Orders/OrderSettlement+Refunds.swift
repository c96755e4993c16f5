import MarketplaceCore

extension OrderSettlement.Known {
    func refund(
        _ entry: LedgerEntryID,
        _ units: [LineUnits],
        _ stage: RefundStage,
        _ terms: RefundTerms,
        _ tender: SettlementTender
    ) throws(OrderSettlementRejection) -> [LedgerEvent] {
        func cause(_ reversals: [GoodwillReversal] = [], kept: Int64 = 0) -> LedgerCause {
            LedgerCause(
                stage == .beforeDelivery ? .cancellation : .refund,
                order: opened.orderID,
                seller: terms.bearer,
                units: units,
                amount: terms.given,
                tender: tender,
                reversals: reversals.isEmpty ? nil : reversals,
                givenBefore: terms.givenBefore,
                keptMinor: kept == 0 ? nil : kept
            )
        }
        guard try isNew(entry, cause()), !units.isEmpty else { return [] }
        try check(terms)
        let (next, frozen) = try returned(units, stage)
        let parts = try parts(of: frozen, terms)
        var amounts = moved(to: next)
        amounts[.prepayments, default: 0] += Int128(frozen)
        tender.move(parts.given, .given, in: &amounts)
        for part in parts.reversals { amounts[bearer(part.sellerID), default: 0] -= Int128(part.amountMinor) }
        amounts[bearer(terms.bearer), default: 0] -= Int128(parts.kept)
        return try posted(entry, cause(parts.reversals, kept: parts.kept), amounts)
    }

    /// Where the lines stand when these units came back or were called off, and what was paid for them.
    private func returned(
        _ units: [LineUnits],
        _ stage: RefundStage
    ) throws(OrderSettlementRejection) -> (progress: [LineProgress], frozenMinor: Int64) {
        var frozen: Int64 = 0
        let next = try progress(with: units) { (progress, line, count) throws(OrderSettlementRejection) in
            let left =
                stage == .beforeDelivery
                ? line.units - progress.delivered - progress.canceled : progress.earned
            guard count <= left else { throw .unitsLeft(line.id, wanted: count, left: left) }
            frozen += line.paid.sum(from: progress.firstRefunded(stage, count, of: line), units: count)
            if stage == .beforeDelivery { progress.canceled += count } else { progress.returned += count }
        }
        // What was earned for other units stays earned: units that nothing was taken for give nothing back.
        let unearned = settlement.capturedMinor - settlement.refundedMinor - next.earnedMinor
        guard frozen <= unearned else {
            throw .exceedsCaptured(requested: money(frozen), left: money(max(0, min(keptMinor, unearned))))
        }
        return (next.progress, frozen)
    }

    /// What of the price of units is given, was given before, and is kept back or, below zero, borne beyond it; the three
    /// sum to the price.
    private func parts(
        of frozen: Int64,
        _ terms: RefundTerms
    ) throws(OrderSettlementRejection) -> (given: Int64, reversals: [GoodwillReversal], kept: Int64) {
        let before = terms.givenBefore?.minorUnits ?? 0
        guard let given = terms.given else {
            let reversed = reversedMinor(of: frozen, givenBefore: before)
            return (frozen - reversed, try reversals(of: reversed), 0)
        }
        let left = keptMinor
        guard given.minorUnits <= left else { throw .exceedsCaptured(requested: given, left: money(left)) }
        // Who is given all that is left was not refused the rest of the price: they had been given it before.
        let spent = given.minorUnits == left ? max(0, frozen - left) : 0
        let reversed = min(max(before, spent), borneMinor)
        // What nobody has borne yet of what was given before is taken of what would be kept back, and no more.
        let open = Int128(frozen) - Int128(given.minorUnits) - Int128(reversed)
        let ahead = min(Int128(max(0, before - reversed)), max(0, open))
        guard let kept = Int64(exactly: open - ahead), let aheadMinor = Int64(exactly: ahead) else { throw .overflow }
        if open < 0 { try checkBorne(and: 0 - open - Int128(reversed)) } else { try checkKept(and: open) }
        let reversals = try reversals(
            of: reversed,
            and: GoodwillReversal(sellerID: terms.bearer, amountMinor: aheadMinor)
        )
        return (given.minorUnits, reversals, kept)
    }

    private func check(_ terms: RefundTerms) throws(OrderSettlementRejection) {
        for amount in [terms.given, terms.givenBefore] {
            guard let amount else { continue }
            try check(currencyOf: amount)
            guard !amount.isNegative else { throw .notPositive(amount) }
        }
        try check(bearer: terms.bearer)
    }
}

extension OrderSettlement.Known {
    /// What was given beyond refunds and not got back by who bore it.
    private var borneMinor: Int64 { settlement.goodwillBorne.values.reduce(0) { $0 + max(0, $1) } }

    /// How much of what is to be given the buyer had been given before: what is said, as far as anybody has borne so much,
    /// and all that is not kept any more.
    func reversedMinor(of amount: Int64, givenBefore: Int64) -> Int64 {
        max(0, min(givenBefore, amount, borneMinor), amount - max(0, keptMinor))
    }

    /// Who gets what back of goodwill that a refund makes up for, in proportion to what each has borne, and somebody what is
    /// borne by an entry to come.
    func reversals(
        of amount: Int64,
        and ahead: GoodwillReversal? = nil
    ) throws(OrderSettlementRejection) -> [GoodwillReversal] {
        var reversals: [GoodwillReversal] = []
        if amount > 0 {
            let borne = settlement.goodwillBorne.filter { $0.value > 0 }
                .sorted { ($0.key?.bits ?? 0) < ($1.key?.bits ?? 0) }
            do throws(AllocationError) {
                reversals = zip(borne, try Allocation.shares(of: amount, by: borne.map(\.value)))
                    .filter { $1 > 0 }
                    .map { GoodwillReversal(sellerID: $0.key, amountMinor: $1) }
            } catch {
                throw .overflow
            }
        }
        if let ahead, ahead.amountMinor > 0 { reversals.append(ahead) }
        return reversals
    }

    /// Refuses that so much more is borne when what all have borne could not be counted then: that bounds what each has.
    func checkBorne(and minorUnits: Int128) throws(OrderSettlementRejection) {
        let sum = settlement.goodwillBorne.values.reduce(minorUnits) { $0 + Int128(max(0, $1)) }
        guard Int64(exactly: sum) != nil else { throw .overflow }
    }

    /// Refuses that so much more is kept, or got back ahead, when what all have so could not be counted then.
    func checkKept(and minorUnits: Int128) throws(OrderSettlementRejection) {
        let kept = settlement.retentions.values.reduce(minorUnits) { $0 + Int128($1) }
        let sum = settlement.goodwillBorne.values.reduce(kept) { $0 - Int128(min(0, $1)) }
        guard Int64(exactly: sum) != nil else { throw .overflow }
    }

    func check(bearer: SellerID?) throws(OrderSettlementRejection) {
        if let bearer, !settlement.lines.contains(where: { $0.sellerID == bearer }) { throw .notASeller(bearer) }
    }
}
