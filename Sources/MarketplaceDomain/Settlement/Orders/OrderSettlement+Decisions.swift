import MarketplaceCore

extension OrderSettlement {
    func open(
        _ order: OrderID,
        _ currency: Currency,
        _ lines: [SettledLine],
        _ holdBackSeconds: Int64,
        _ command: Command
    ) throws(OrderSettlementRejection) -> [LedgerEvent] {
        if let opened {
            let isSame =
                opened.orderID == order && opened.currency == currency && opened.lines == lines
                && opened.holdBackSeconds == holdBackSeconds
            guard isSame else { throw .alreadyOpened(opened.orderID) }
            return []
        }
        guard !lines.isEmpty, lines.count <= Self.maximumLines, Set(lines.map(\.id)).count == lines.count else {
            throw .lines(count: lines.count)
        }
        guard Self.fits(lines, droppedMinor: 0) else { throw .overflow }
        return [
            .opened(
                SettlementOpened(
                    orderID: order,
                    currency: currency,
                    lines: lines,
                    holdBackSeconds: max(0, holdBackSeconds),
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    /// Whether all that is ever posted for an order of these lines fits: it is made of parts of them.
    static func fits(_ lines: [SettledLine], droppedMinor: Int64) -> Bool {
        var exact = UInt128(droppedMinor.magnitude)
        for line in lines {
            for part in [line.paid, line.tax, line.promotion, line.fee, line.feeTax] {
                exact += UInt128(part.totalMinor.magnitude)
            }
        }
        return Int64(exactly: exact) != nil
    }

    /// A settlement that was begun, and a command to it.
    struct Known {
        let settlement: OrderSettlement
        let opened: SettlementOpened
        let command: Command
    }
}

extension OrderSettlement.Known {
    func capture(
        _ entry: LedgerEntryID,
        _ amount: Money,
        _ tender: SettlementTender
    ) throws(OrderSettlementRejection) -> [LedgerEvent] {
        let cause = LedgerCause(.capture, order: opened.orderID, amount: amount, tender: tender)
        guard try isNew(entry, cause) else { return [] }
        try check(amount)
        let left = totalMinor - settlement.capturedMinor
        guard amount.minorUnits <= left else { throw .exceedsTotal(requested: amount, left: money(left)) }
        return try posted(entry, cause, amounts(amount.minorUnits, .taken, by: tender, with: .prepayments))
    }

    func deliver(_ entry: LedgerEntryID, _ units: [LineUnits]) throws(OrderSettlementRejection) -> [LedgerEvent] {
        let cause = LedgerCause(.delivery, order: opened.orderID, units: units)
        guard try isNew(entry, cause), !units.isEmpty else { return [] }
        let next = try progress(with: units) { (progress, line, count) throws(OrderSettlementRejection) in
            let left = line.units - progress.delivered - progress.canceled
            guard count <= left else { throw .unitsLeft(line.id, wanted: count, left: left) }
            progress.delivered += count
        }
        let earned = earnedMinor(settlement.progress)
        let gain = next.earnedMinor - earned
        let left = settlement.capturedMinor - settlement.refundedMinor - earned
        guard gain <= left else { throw .exceedsCaptured(requested: money(gain), left: money(left)) }
        return try posted(entry, cause, moved(to: next.progress))
    }
}

extension OrderSettlement.Known {
    /// What all units come to that were ever sold.
    private var totalMinor: Int64 { settlement.lines.reduce(settlement.droppedMinor) { $0 + $1.paid.totalMinor } }

    func bearer(_ seller: SellerID?) -> LedgerAccount { seller.map(LedgerAccount.sellerPayable) ?? .goodwill }

    /// What was taken and neither given back nor owed to the buyer.
    var keptMinor: Int64 {
        settlement.capturedMinor - settlement.refundedMinor - settlement.compensatedMinor
    }

    /// What a tender moves, and the account that stands against it.
    func amounts(
        _ minorUnits: Int64,
        _ direction: SettlementTender.Direction,
        by tender: SettlementTender,
        with account: LedgerAccount
    ) -> [LedgerAccount: Int128] {
        let exact = Int128(minorUnits)
        var amounts = [account: direction == .taken ? -exact : exact]
        tender.move(minorUnits, direction, in: &amounts)
        return amounts
    }

    func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, opened.currency) }

    private func earnedMinor(_ progress: [LineProgress]) -> Int64 {
        zip(settlement.lines, progress).reduce(0) { $0 + $1.0.paid.sum(from: $1.1.returned, units: $1.1.earned) }
    }

    func isNew(_ entry: LedgerEntryID, _ cause: LedgerCause) throws(OrderSettlementRejection) -> Bool {
        guard settlement.amendments[entry] == nil else { throw .entryReused(entry) }
        guard let earlier = settlement.causes[entry] else { return true }
        guard earlier.isSame(as: cause) else { throw .entryReused(entry) }
        return false
    }

    func check(currencyOf amount: Money) throws(OrderSettlementRejection) {
        guard amount.currency == opened.currency else {
            throw .currencyMismatch(expected: opened.currency, found: amount.currency)
        }
    }

    func check(_ amount: Money) throws(OrderSettlementRejection) {
        try check(currencyOf: amount)
        guard amount.isPositive else { throw .notPositive(amount) }
    }

    func check(_ tender: SettlementTender) throws(OrderSettlementRejection) {
        guard case .split(let limit) = tender else { return }
        guard limit.currency == opened.currency else {
            throw .currencyMismatch(expected: opened.currency, found: limit.currency)
        }
        guard !limit.isNegative else { throw .notPositive(limit) }
    }

    /// Where the lines stand once `move` was made on each that is listed, and what is earned then.
    func progress(
        with units: [LineUnits],
        _ move: (inout LineProgress, SettledLine, Int) throws(OrderSettlementRejection) -> Void
    ) throws(OrderSettlementRejection) -> (progress: [LineProgress], earnedMinor: Int64) {
        var next = settlement.progress
        for part in units {
            guard let index = settlement.lines.firstIndex(where: { $0.id == part.lineID }) else {
                throw .unknownLine(part.lineID)
            }
            guard part.units > 0 else { throw .unitsLeft(part.lineID, wanted: part.units, left: 0) }
            try move(&next[index], settlement.lines[index], part.units)
        }
        return (next, earnedMinor(next))
    }

    /// What earnings move when the lines come from where they stand to `next`.
    func moved(to next: [LineProgress]) -> [LedgerAccount: Int128] {
        var amounts: [LedgerAccount: Int128] = [:]
        for (index, line) in settlement.lines.enumerated() where settlement.progress[index] != next[index] {
            let (before, after) = (settlement.progress[index], next[index])
            line.addEarnings(from: before.returned, units: before.earned, sign: -1, to: &amounts)
            line.addEarnings(from: after.returned, units: after.earned, sign: 1, to: &amounts)
        }
        return amounts
    }

    func posted(
        _ id: LedgerEntryID,
        _ cause: LedgerCause,
        _ amounts: [LedgerAccount: Int128]
    ) throws(OrderSettlementRejection) -> [LedgerEvent] {
        do throws(LedgerError) {
            let entry = try LedgerEntry(id, for: cause, amounts, in: opened.currency)
            return [
                .posted(
                    LedgerEntryPosted(
                        entry: entry,
                        opens: opened(by: entry),
                        by: command.actor,
                        at: command.time
                    )
                )
            ]
        } catch {
            throw .ledger(error)
        }
    }

    /// What the entry leaves open: earnings until they mature, and what is taken back until what it is taken of has.
    private func opened(by entry: LedgerEntry) -> [OpenItem] {
        entry.lines.compactMap { line in
            guard line.account.kind == .sellerPayable, let seller = line.account.sellerID else { return nil }
            let held = command.time.advanced(by: .seconds(opened.holdBackSeconds))
            let isEarned = entry.cause.kind == .delivery
            let maturesAt = isEarned ? held : max(command.time, settlement.maturity[seller] ?? .distantPast)
            // A credit on the account is what the seller is owed; no line is as large as cannot be negated.
            let owed = Money(minorUnits: 0 - line.amount.minorUnits, line.amount.currency)
            return OpenItem(
                line.account,
                of: seller,
                owed,
                entry: entry.id,
                maturesAt: maturesAt,
                order: opened.orderID
            )
        }
    }
}

extension LineProgress {
    /// The first of so many units that are refunded next.
    func firstRefunded(_ stage: RefundStage, _ count: Int, of line: SettledLine) -> Int {
        stage == .beforeDelivery ? line.units - canceled - count : returned
    }
}
