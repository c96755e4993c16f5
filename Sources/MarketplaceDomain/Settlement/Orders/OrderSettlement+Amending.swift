import MarketplaceCore

extension OrderSettlement.Known {
    /// Units that are called off pay for those that are added; what is more is owed, what is less was paid.
    ///
    /// No more is owed than is left of what was taken: what the buyer was given before as goodwill goes back to whoever
    /// bore it, and what nobody has borne yet to whoever is named for it. That was promised by a return whose entry is to
    /// come, and is borne then.
    func amend(
        _ entry: LedgerEntryID,
        _ canceled: [LineUnits],
        _ added: [SettledLine],
        _ paid: Money?,
        _ terms: (owed: Money?, bearer: SellerID?),
        _ tender: SettlementTender
    ) throws(OrderSettlementRejection) -> [LedgerEvent] {
        guard try isNewAmendment(entry, canceled, added, paid, tender), !canceled.isEmpty || !added.isEmpty else {
            return []
        }
        var canceledMinor: Int64 = 0
        let next = try progress(with: canceled) { (progress, line, count) throws(OrderSettlementRejection) in
            let left = line.units - progress.delivered - progress.canceled
            guard count <= left else { throw .unitsLeft(line.id, wanted: count, left: left) }
            canceledMinor += line.paid.sum(from: progress.firstRefunded(.beforeDelivery, count, of: line), units: count)
            progress.canceled += count
        }
        // What was earned for other units stays earned: units that nothing was taken for pay for no others.
        let unearned = settlement.capturedMinor - settlement.refundedMinor - next.earnedMinor
        guard canceledMinor <= unearned else {
            throw .exceedsCaptured(requested: money(canceledMinor), left: money(max(0, unearned)))
        }
        let addedMinor = try extended(by: added, next.progress)
        let difference = addedMinor - canceledMinor
        let expected = difference > 0 ? money(difference) : nil
        var givenBefore = Int64(0)
        try check(bearer: terms.bearer)
        if let owed = terms.owed {
            try check(currencyOf: owed)
            givenBefore = max(0, 0 - difference - max(0, owed.minorUnits))
        }
        guard paid == expected else { throw .differenceMismatch(expected: expected, found: paid) }
        let amended = SettlementAmended(
            orderID: opened.orderID,
            entryID: entry,
            canceled: canceled,
            added: added,
            paid: paid,
            tender: tender,
            by: command.actor,
            at: command.time
        )
        let before = (givenBefore, terms.bearer)
        return [.amended(amended)] + (try moved(entry, by: difference, givenBefore: before, tender))
    }

    /// What money a change moves at once: what was paid for it is taken, what is owed less for it was given before.
    private func moved(
        _ entry: LedgerEntryID,
        by difference: Int64,
        givenBefore: (minorUnits: Int64, bearer: SellerID?),
        _ tender: SettlementTender
    ) throws(OrderSettlementRejection) -> [LedgerEvent] {
        if difference > 0 {
            let amount = money(difference)
            let cause = LedgerCause(.capture, order: opened.orderID, amount: amount, tender: tender)
            return try posted(entry, cause, amounts(difference, .taken, by: tender, with: .prepayments))
        }
        let reversed = reversedMinor(of: 0 - difference, givenBefore: givenBefore.minorUnits)
        let aheadMinor = max(0, givenBefore.minorUnits - reversed)
        let ahead = GoodwillReversal(sellerID: givenBefore.bearer, amountMinor: aheadMinor)
        try checkKept(and: Int128(ahead.amountMinor))
        let reversals = try reversals(of: reversed, and: ahead)
        guard !reversals.isEmpty else { return [] }
        var amounts: [LedgerAccount: Int128] = [:]
        for part in reversals {
            amounts[.prepayments, default: 0] += Int128(part.amountMinor)
            amounts[bearer(part.sellerID), default: 0] -= Int128(part.amountMinor)
        }
        let cause = LedgerCause(.cancellation, order: opened.orderID, tender: tender, reversals: reversals)
        return try posted(entry, cause, amounts)
    }

    func settleChange(
        _ entry: LedgerEntryID,
        _ amount: Money,
        _ tender: SettlementTender
    ) throws(OrderSettlementRejection) -> [LedgerEvent] {
        let cause = LedgerCause(.cancellation, order: opened.orderID, amount: amount, tender: tender)
        guard try isNew(entry, cause) else { return [] }
        try check(amount)
        guard amount.minorUnits <= settlement.owedMinor else {
            throw .exceedsCaptured(requested: amount, left: money(settlement.owedMinor))
        }
        return try posted(entry, cause, amounts(amount.minorUnits, .given, by: tender, with: .prepayments))
    }

    /// Whether the change was not taken note of; the shares of units that were are not looked at again.
    private func isNewAmendment(
        _ entry: LedgerEntryID,
        _ canceled: [LineUnits],
        _ added: [SettledLine],
        _ paid: Money?,
        _ tender: SettlementTender
    ) throws(OrderSettlementRejection) -> Bool {
        guard let known = settlement.amendments[entry] else {
            guard settlement.causes[entry] == nil else { throw .entryReused(entry) }
            return true
        }
        let isSame =
            known.canceled == canceled && known.paid == paid && known.tender == tender
            && known.added.map { LineUnits($0.id, $0.units) } == added.map { LineUnits($0.id, $0.units) }
        guard isSame else { throw .entryReused(entry) }
        return false
    }

    /// What units come to that are added to the lines, if they can be.
    private func extended(
        by added: [SettledLine],
        _ progress: [LineProgress]
    ) throws(OrderSettlementRejection) -> Int64 {
        guard Set(added.map(\.id)).count == added.count else { throw .lines(count: added.count) }
        var lines = settlement.lines
        var (addedMinor, droppedMinor) = (Int128(0), Int128(settlement.droppedMinor))
        for line in added {
            guard let index = settlement.index(of: line.id) else { throw .unknownLine(line.id) }
            let kept = lines[index].units - progress[index].canceled
            addedMinor += Int128(line.paid.totalMinor)
            droppedMinor += Int128(lines[index].paid.sum(from: kept, units: progress[index].canceled))
            do throws(SettledLineError) {
                lines[index] = try lines[index].first(kept, then: line)
            } catch {
                throw .line(error)
            }
        }
        // What all units come to that were ever sold bounds everything else.
        guard let dropped = Int64(exactly: droppedMinor), OrderSettlement.fits(lines, droppedMinor: dropped),
            let minorUnits = Int64(exactly: addedMinor)
        else { throw .overflow }
        return minorUnits
    }
}
