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
    ) throws -> OrderSettlementAction {
        guard settlement.root.opened != nil, !happens(onceIn: 40) else {
            return happens(onceIn: 8)
                ? .open(order: Example.orderID, currency: .eur, lines: [], holdBackSeconds: 0) : settlement.birth
        }
        let used = (Array(settlement.root.causes.keys) + settlement.root.amendments.keys).sorted()
        let isReused = happens(onceIn: 8) && !used.isEmpty
        let entry = isReused ? run.element(of: used) : LedgerEntryID(bits: nextNumber())
        let total = settlement.root.lines.reduce(settlement.root.droppedMinor) { $0 + $1.paid.totalMinor }
        let opened = settlement.root
        let currency = happens(onceIn: 20) ? Currency.usd : opened.opened?.currency ?? .eur
        let part = Money(minorUnits: Int64(run.natural(through: Int(total))), currency)
        let tender = run.element(of: [SettlementTender.gateway, .storeCredit, .split(storeCredit: part)])
        switch run.natural(through: 17) {
        case 12, 13: return try amendment(of: opened, as: entry, in: currency, tender)
        case 14:
            let owed = happens(onceIn: 3) ? part : Money(minorUnits: opened.owedMinor, currency)
            return .settleChange(entry: entry, amount: owed, tender: tender)
        case 15:
            let owed = happens(onceIn: 4) ? part : Money(minorUnits: opened.owedGoodwillMinor, currency)
            return .payGoodwill(entry: entry, amount: owed, tender: tender)
        case 16:
            let gesture = Money(minorUnits: part.minorUnits / 4, currency)
            return .oweGoodwill(entry: entry, amount: gesture, seller: happens(onceIn: 3) ? nil : anySeller())
        case 17:
            return .retain(
                entry: entry,
                amount: Money(minorUnits: part.minorUnits / 9, currency),
                seller: nil,
                tender: tender
            )
        case 0: return .capture(entry: entry, amount: part, tender: tender)
        case 1...3:
            let left = max(0, total - settlement.root.capturedMinor)
            return .capture(entry: entry, amount: Money(minorUnits: left, currency), tender: tender)
        case 4...6: return .deliver(entry: entry, units: units(of: opened))
        case 7: return .refund(entry: entry, units: units(of: opened), stage: .afterDelivery, tender: tender)
        case 8: return refund(of: opened, as: entry, in: currency, tender)
        case 9: return .refund(entry: entry, units: units(of: opened), stage: .beforeDelivery, tender: tender)
        default:
            let seller = happens(onceIn: 3) ? nil : anySeller()
            let gesture = Money(minorUnits: part.minorUnits / 4, currency)
            return .compensate(entry: entry, amount: gesture, seller: seller, tender: tender)
        }
    }

    /// A refund of which it is said what it gives and who bears the difference.
    private mutating func refund(
        of settlement: OrderSettlement,
        as entry: LedgerEntryID,
        in currency: Currency,
        _ tender: SettlementTender
    ) -> OrderSettlementAction {
        .refund(
            entry: entry,
            units: units(of: settlement),
            stage: run.element(of: RefundStage.allCases),
            given: Money(minorUnits: Int64(run.natural(through: 4_000)), currency),
            givenBefore: happens(onceIn: 2) ? nil : Money(minorUnits: Int64(run.natural(through: 900)), currency),
            bearer: happens(onceIn: 2) ? nil : anySeller(),
            tender: tender
        )
    }

    /// A change of some lines, with the right difference more often than not.
    private mutating func amendment(
        of settlement: OrderSettlement,
        as entry: LedgerEntryID,
        in currency: Currency,
        _ tender: SettlementTender
    ) throws -> OrderSettlementAction {
        var (canceled, added): ([LineUnits], [SettledLine]) = ([], [])
        var difference: Int64 = 0
        for (line, progress) in zip(settlement.lines, settlement.progress) {
            let left = line.units - progress.delivered - progress.canceled
            switch run.natural(through: 3) {
            case 0 where left > 0:
                let count = 1 + run.natural(through: left - 1)
                canceled.append(LineUnits(line.id, count))
                difference -= line.paid.sum(from: line.units - progress.canceled - count, units: count)
            case 1:
                let price = Int64(1 + run.natural(through: 3_000))
                let units = 1 + run.natural(through: 1)
                let fee = Money(minorUnits: price / 8, settlement.opened?.currency ?? .eur)
                added.append(
                    try SettledLine(
                        line.id,
                        seller: happens(onceIn: 20) ? Example.otherSeller : line.sellerID,
                        taxRemitter: line.taxRemitter,
                        paid: UnitAmounts([UnitAmounts.Run(units: units, eachMinor: price)]),
                        tax: UnitAmounts([UnitAmounts.Run(units: units, eachMinor: price / 11)]),
                        commission: Commission(rule: "later", fee: fee, tax: .zero(fee.currency))
                    )
                )
                difference += price * Int64(units)
            default: break
            }
        }
        if happens(onceIn: 8) { difference += 1 }
        let paid = difference > 0 ? Money(minorUnits: difference, currency) : nil
        return .amend(entry: entry, canceled: canceled, added: added, paid: paid, tender: tender)
    }

    private mutating func units(of opened: OrderSettlement) -> [LineUnits] {
        opened.lines.compactMap { line in
            let count = run.natural(through: line.units)
            if happens(onceIn: 25) { return LineUnits("unknown", 1) }
            return count == 0 ? nil : LineUnits(line.id, count)
        }
    }

    /// What is given back and what is earned is no more than what was taken, and no unit is counted twice.
    private static func problem(of settlement: OrderSettlement) -> String? {
        var earned: Int64 = 0
        var refunded = settlement.droppedMinor
        for (line, progress) in zip(settlement.lines, settlement.progress) {
            guard progress.delivered + progress.canceled <= line.units, progress.returned <= progress.delivered else {
                return "line \(line.id) has more units than it has: \(progress)"
            }
            refunded += line.paid.sum(from: 0, units: progress.returned)
            refunded += line.paid.sum(from: line.units - progress.canceled, units: progress.canceled)
            earned += line.paid.sum(from: progress.returned, units: progress.earned)
        }
        let total = settlement.lines.reduce(settlement.droppedMinor) { $0 + $1.paid.totalMinor }
        guard refunded == settlement.refundedMinor, settlement.capturedMinor <= total, settlement.owedMinor >= 0,
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
            reserve: happens(onceIn: 8) ? .whole : .percent(Int64(run.natural(through: 30))),
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
        case .debt(let posted), .reserve(let posted): try post(posted)
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
