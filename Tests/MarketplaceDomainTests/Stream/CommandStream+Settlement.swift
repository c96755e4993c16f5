import MarketplaceCore
import MarketplaceDomain
import TestSupport

extension CommandStream {
    mutating func commandSettlement() throws {
        let settlement = try subject(of: \.settlements) { stream in try stream.newSettlement() }
        for event in try give(settlementAction(of: settlement), to: settlement) {
            guard case .posted(let posted) = event else { continue }
            try post(posted)
        }
    }

    /// Posts an entry to the books, and checks it and the sellers that it touches.
    private mutating func post(_ posted: LedgerEntryPosted) throws(StreamViolation) {
        var sums: [Currency: Int128] = [:]
        for line in posted.entry.lines { sums[line.amount.currency, default: 0] += Int128(line.amount.minorUnits) }
        guard sums.values.allSatisfy({ $0 == 0 }) else { throw StreamViolation("an entry is off: \(posted.entry)") }
        try books.post(posted)
        for line in posted.entry.lines {
            guard let seller = line.account.sellerID else { continue }
            if let problem = books.problem(of: seller, in: line.amount.currency) { throw StreamViolation(problem) }
        }
    }

    private mutating func newSettlement() throws -> StreamSubject<OrderSettlement, OrderSettlementAction> {
        let currency = run.element(of: StreamBooks.currencies)
        var lines: [SettledLine] = []
        for index in 0...run.natural(through: 2) {
            let price = Int64(1 + run.natural(through: 3_000))
            let units = 1 + run.natural(through: 3)
            let seller = happens(onceIn: 5) ? nil : anySeller()
            let fee = Money(minorUnits: price / Int64(5 + run.natural(through: 9)), currency)
            lines.append(
                try SettledLine(
                    Example.key("line", index),
                    seller: seller,
                    taxRemitter: run.element(of: TaxRemitter.allCases),
                    paid: UnitAmounts([UnitAmounts.Run(units: units, eachMinor: price)]),
                    tax: UnitAmounts([UnitAmounts.Run(units: units, eachMinor: price / 11)]),
                    promotionMinor: happens(onceIn: 3) ? Int64(run.natural(through: 200)) : 0,
                    commission: Commission(rule: "rule", fee: fee, tax: Money(minorUnits: fee.minorUnits / 5, currency))
                )
            )
        }
        let hold = Int64(run.natural(through: 2)) * 86_400
        let order = OrderID(bits: nextNumber())
        return StreamSubject(
            .open(order: order, currency: currency, lines: lines, holdBackSeconds: hold),
            invariant: Self.problem(of:)
        )
    }

    private mutating func settlementAction(
        of settlement: StreamSubject<OrderSettlement, OrderSettlementAction>
    ) -> OrderSettlementAction {
        guard let opened = settlement.root.opened, !happens(onceIn: 40) else {
            return happens(onceIn: 8)
                ? .open(order: Example.orderID, currency: .eur, lines: [], holdBackSeconds: 0) : settlement.birth
        }
        let used = settlement.root.causes.keys.sorted()
        let isReused = happens(onceIn: 8) && !used.isEmpty
        let entry = isReused ? run.element(of: used) : LedgerEntryID(bits: nextNumber())
        let tender = run.element(of: SettlementTender.allCases)
        let total = opened.lines.reduce(0) { $0 + $1.paid.totalMinor }
        let currency = happens(onceIn: 20) ? Currency.usd : opened.currency
        let part = Money(minorUnits: Int64(run.natural(through: Int(total))), currency)
        switch run.natural(through: 11) {
        case 0: return .capture(entry: entry, amount: part, tender: tender)
        case 1...3:
            let left = max(0, total - settlement.root.capturedMinor)
            return .capture(entry: entry, amount: Money(minorUnits: left, currency), tender: tender)
        case 4...6: return .deliver(entry: entry, units: units(of: opened))
        case 7, 8: return .refund(entry: entry, units: units(of: opened), stage: .afterDelivery, tender: tender)
        case 9: return .refund(entry: entry, units: units(of: opened), stage: .beforeDelivery, tender: tender)
        default:
            let seller = happens(onceIn: 3) ? nil : anySeller()
            let gesture = Money(minorUnits: part.minorUnits / 4, currency)
            return .compensate(entry: entry, amount: gesture, seller: seller, tender: tender)
        }
    }

    private mutating func units(of opened: SettlementOpened) -> [LineUnits] {
        opened.lines.compactMap { line in
            let count = run.natural(through: line.units)
            if happens(onceIn: 25) { return LineUnits("unknown", 1) }
            return count == 0 ? nil : LineUnits(line.id, count)
        }
    }

    /// What is given back and what is earned is no more than what was taken, and no unit is counted twice.
    private static func problem(of settlement: OrderSettlement) -> String? {
        guard let opened = settlement.opened else { return nil }
        var earned: Int64 = 0
        var refunded: Int64 = 0
        for (line, progress) in zip(opened.lines, settlement.progress) {
            guard progress.delivered + progress.canceled <= line.units, progress.returned <= progress.delivered else {
                return "line \(line.id) has more units than it has: \(progress)"
            }
            refunded += line.paid.sum(from: 0, units: progress.refunded)
            earned += line.paid.sum(from: progress.refunded, units: progress.earned)
        }
        let total = opened.lines.reduce(0) { $0 + $1.paid.totalMinor }
        guard refunded == settlement.refundedMinor, settlement.capturedMinor <= total,
            settlement.refundedMinor + settlement.compensatedMinor <= settlement.capturedMinor,
            earned + refunded <= settlement.capturedMinor
        else { return "more is given back or earned than was taken: \(settlement.progress)" }
        return nil
    }
}

extension CommandStream {
    /// Plans a payout of what is due, or gives a command to one that was planned.
    mutating func commandPayout() throws {
        guard !payouts.isEmpty, !happens(onceIn: 4) else { return try planPayout() }
        let payout = run.element(of: payouts)
        let action: PayoutAction
        switch run.natural(through: 9) {
        case 0: action = payout.birth
        case 1...3: action = .send
        case 4, 5: action = .confirm("reference")
        case 6: action = .fail("account closed")
        case 7: action = .return("account closed")
        default: action = badPayout()
        }
        for event in try give(action, to: payout) {
            let entry = LedgerEntryID(bits: nextNumber())
            if let posted = try payout.root.entry(for: event, named: entry) { try post(posted) }
        }
        let isEnded = [.failed, .returned].contains(payout.root.status) || payout.root.status == .paid
        guard isEnded, happens(onceIn: 6) else { return }
        try payout.checkReplay(throughStore: happens(onceIn: 5))
        payouts.removeAll { $0 === payout }
    }

    /// A payout of nothing, or of other content than any that was planned.
    private mutating func badPayout() -> PayoutAction {
        .create(
            id: PayoutID(bits: nextNumber()),
            seller: anySeller(),
            amount: Money(minorUnits: Int64(run.natural(through: 1)), .eur),
            period: SettlementPeriod(endingAt: now),
            settles: [],
            entry: LedgerEntryID(bits: nextNumber())
        )
    }

    private mutating func planPayout() throws {
        passTime()
        let (seller, currency) = (anySeller(), run.element(of: StreamBooks.currencies))
        let terms = PayoutTerms(
            minimum: CurrencyAmounts(Money(minorUnits: Int64(run.natural(through: 500)), currency)),
            reserve: .percent(Int64(run.natural(through: 30))),
            reserveFor: .days(1)
        )
        let id = PayoutID(bits: nextNumber())
        let entry = LedgerEntryID(bits: nextNumber())
        let items = books.items(of: seller, in: currency, at: now)
        let plan = try PayoutPlan.make(
            of: items,
            for: seller,
            in: currency,
            on: terms,
            payout: id,
            entry: entry,
            by: .system,
            at: now
        )
        switch plan {
        case .nothing, .carryOver: break
        case .debt(let posted): try post(posted)
        case .payout(let amount, let posted):
            let birth = PayoutAction.create(
                id: id,
                seller: seller,
                amount: amount,
                period: SettlementPeriod(endingAt: now),
                settles: items.map(\.id),
                entry: entry
            )
            let payout = StreamSubject<Payout, PayoutAction>(birth, seller: seller)
            guard try !give(birth, to: payout, by: .system).isEmpty else {
                throw StreamViolation("a planned payout of \(amount) was refused")
            }
            try post(posted)
            payouts.append(payout)
        }
    }
}
