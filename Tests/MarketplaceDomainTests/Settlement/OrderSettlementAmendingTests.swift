import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

/// Orders that are changed after it was frozen who gets what of them.
@Suite struct OrderSettlementAmendingTests {
    private static func eur(_ amount: Int64) -> Money { Money(minorUnits: amount, .eur) }

    private static func id(_ bits: UInt128) -> LedgerEntryID { LedgerEntryID(bits: bits) }

    /// So many units of line `a` at so much, a tenth of which is the marketplace's.
    private static func line(_ units: Int, _ price: Int64, seller: SellerID? = Example.seller) throws -> SettledLine {
        let fee = eur(price * Int64(units) / 10)
        return try SettledLine(
            "a",
            seller: seller,
            paid: UnitAmounts([.init(units: units, eachMinor: price)]),
            tax: UnitAmounts([.init(units: units, eachMinor: 0)]),
            commission: Commission(rule: "ten", fee: fee, tax: .zero(.eur))
        )
    }

    private static func amend(
        _ bits: UInt128,
        less: Int = 0,
        more: SettledLine? = nil,
        paid: Int64? = nil
    ) -> OrderSettlementAction {
        .amend(
            entry: id(bits),
            canceled: less > 0 ? [LineUnits("a", less)] : [],
            added: more.map { [$0] } ?? [],
            paid: paid.map(eur),
            tender: .gateway
        )
    }

    private static func balances(_ events: [LedgerEvent]) throws -> LedgerBalances {
        var balances = LedgerBalances()
        for case .posted(let posted) in events { try balances.post(posted.entry) }
        return balances
    }

    @Test func addedUnitsAreSettledForWhatTheyWereSoldForAndTheOthersForWhatTheyWere() throws {
        var settlement = OrderSettlement()
        var events = try settlement.perform(OrderSettlementTests.open([Self.line(3, 1_000)]), by: .system)
        events += try settlement.perform(
            .capture(entry: Self.id(1), amount: Self.eur(3_000), tender: .gateway),
            by: .system
        )
        // One unit less, two more at 12.00: 14.00 to pay.
        let change = Self.amend(2, less: 1, more: try Self.line(2, 1_200), paid: 1_400)
        events += try settlement.perform(change, by: .system)
        #expect(settlement.undelivered == [LineUnits("a", 4)])
        #expect(try settlement.perform(change, by: .system) == [])
        #expect(try Self.balances(events)[.cash, .eur] == Self.eur(4_400))
        events += try settlement.perform(.deliver(entry: Self.id(3), units: [LineUnits("a", 4)]), by: .system)
        var balances = try Self.balances(events)
        #expect(balances[.prepayments, .eur].isZero)
        #expect(balances[.commissionRevenue, .eur] == Self.eur(-440))
        #expect(balances[.sellerPayable(Example.seller), .eur] == Self.eur(-3_960))
        // What comes back are the first units, and the last one gives what it was sold for.
        for (bits, given) in [(UInt128(4), Int64(1_000)), (5, 1_000), (6, 1_200), (7, 1_200)] {
            let refund = OrderSettlementAction.refund(
                entry: Self.id(bits),
                units: [LineUnits("a", 1)],
                stage: .afterDelivery,
                tender: .gateway
            )
            let posted = try settlement.perform(refund, by: .system)
            #expect(try OrderSettlementTests.entry(posted).entry.amount(on: .cash, in: .eur) == Self.eur(-given))
            events += posted
        }
        balances = try Self.balances(events)
        #expect(balances.minorUnits.isEmpty)
        for event in events { #expect(try roundTripped(event) == event) }
        #expect(OrderSettlement(replaying: events) == settlement)
    }

    @Test func whatAChangeOwesStaysPrepaidUntilItIsGiven() throws {
        var settlement = try OrderSettlementTests.opened([Self.line(3, 1_000)], captured: 3_000)
        try settlement.perform(Self.amend(2, less: 2), by: .system)
        // What was called off is not what is added behind it.
        try settlement.perform(Self.amend(3, more: try Self.line(1, 1_500), paid: 1_500), by: .system)
        #expect(settlement.owedMinor == 2_000 && settlement.undelivered == [LineUnits("a", 2)])
        func give(_ amount: Int64, _ bits: UInt128 = 4) -> OrderSettlementAction {
            .settleChange(entry: Self.id(bits), amount: Self.eur(amount), tender: .gateway)
        }
        #expect(
            settlement.refusal(of: give(2_001), by: .system)
                == .exceedsCaptured(requested: Self.eur(2_001), left: Self.eur(2_000))
        )
        let posted = try OrderSettlementTests.entry(settlement.perform(give(2_000), by: .system))
        #expect(posted.entry.amount(on: .cash, in: .eur) == Self.eur(-2_000))
        #expect(posted.entry.amount(on: .prepayments, in: .eur) == Self.eur(2_000))
        #expect(try settlement.perform(give(2_000), by: .system) == [])
        #expect(settlement.refusal(of: give(1, 5), by: .system) != nil)
        try settlement.perform(.deliver(entry: Self.id(6), units: [LineUnits("a", 2)]), by: .system)
        #expect(settlement.capturedMinor - settlement.refundedMinor == 2_500)
    }

    @Test func aChangeIsPaidByExactlyItsDifferenceAndOfUnitsThatAreThere() throws {
        let settlement = try OrderSettlementTests.opened([Self.line(2, 1_000)], captured: 2_000)
        let one = try Self.line(1, 1_000)
        #expect(
            settlement.refusal(of: Self.amend(2, more: one), by: .system)
                == .differenceMismatch(expected: Self.eur(1_000), found: nil)
        )
        #expect(
            settlement.refusal(of: Self.amend(2, less: 1, more: one, paid: 1), by: .system)
                == .differenceMismatch(expected: nil, found: Self.eur(1))
        )
        #expect(settlement.refusal(of: Self.amend(2, less: 3), by: .system) == .unitsLeft("a", wanted: 3, left: 2))
        let others = try Self.line(1, 1_000, seller: Example.otherSeller)
        #expect(settlement.refusal(of: Self.amend(2, more: others, paid: 1_000), by: .system) == .line(.otherLine("a")))
        let huge = try SettledLine(
            "a",
            seller: Example.seller,
            paid: UnitAmounts([.init(units: 1, eachMinor: .max)]),
            tax: UnitAmounts([.init(units: 1, eachMinor: 0)])
        )
        #expect(settlement.refusal(of: Self.amend(2, more: huge, paid: .max), by: .system) == .line(.overflow))
    }

    @Test func theIdOfAChangeIsNotUsedForAnother() throws {
        var settlement = try OrderSettlementTests.opened([Self.line(2, 1_000)], captured: 2_000)
        try settlement.perform(Self.amend(2, more: try Self.line(1, 900), paid: 900), by: .system)
        let other = Self.amend(2, more: try Self.line(2, 450), paid: 900)
        #expect(settlement.refusal(of: other, by: .system) == .entryReused(Self.id(2)))
        // Terms may be others by then; what was frozen stays.
        let fee = Commission(rule: "twenty", fee: Self.eur(180), tax: .zero(.eur))
        let again = try SettledLine(
            "a",
            seller: Example.seller,
            paid: UnitAmounts([.init(units: 1, eachMinor: 900)]),
            tax: UnitAmounts([.init(units: 1, eachMinor: 0)]),
            commission: fee
        )
        #expect(try settlement.perform(Self.amend(2, more: again, paid: 900), by: .system) == [])
        #expect(settlement.lines[0].fee.totalMinor == 290)
    }

    @Test func theCommissionOnAddedUnitsIsWhatThatOnTheLineGrowsBy() throws {
        let cap = CurrencyAmounts(Self.eur(350))
        let capped = try CommissionRule("capped", fee: .percent(.percent(10), of: .net), cap: cap)
        let perLine = try CommissionRule("line", fee: .flatPerLine(CurrencyAmounts(Self.eur(200))))
        let perUnit = try CommissionRule("unit", fee: .flatPerUnit(CurrencyAmounts(Self.eur(30))))
        let line = try Self.line(3, 1_000)
        let ordered = OrderLine(
            sku: "tea",
            sellerID: Example.seller,
            quantity: .units(3),
            unitPrice: Self.eur(1_000)
        )
        let run = FrozenShares.Run(units: 2, discountMinor: 0, taxMinor: 0, paidMinor: 1_000)
        for (rule, kept, fee) in [(capped, 3, 50), (perLine, 3, 0), (perLine, 0, 200), (perUnit, 3, 60)] {
            let terms = SettlementTerms(commissions: try CommissionRules([rule], taxRate: .percent(10)))
            let added = try SettledLine.addition(run, to: line, keeping: kept, of: ordered, on: terms, in: .eur)
            #expect(added.fee.totalMinor == Int64(fee) && added.feeTax.totalMinor == Int64(fee) / 10, "\(rule.id)")
            #expect(added.units == 2 && added.rule == rule.id)
        }
    }

    // A line that lost units and got others bore a part of what is charged once.
    @Test func whatIsChargedOnceForALineIsChargedOnceWhenItLosesUnitsAndGetsOthers() throws {
        let flat = try CommissionRule("rule", fee: .flatPerLine(CurrencyAmounts(Self.eur(300))))
        let capped = try CommissionRule(
            "rule",
            fee: .percent(.percent(20), of: .net),
            cap: CurrencyAmounts(Self.eur(300))
        )
        let floored = try CommissionRule(
            "rule",
            fee: .percent(.percent(1), of: .net),
            floor: CurrencyAmounts(Self.eur(300))
        )
        let ordered = OrderLine(sku: "tea", sellerID: Example.seller, quantity: .units(3), unitPrice: Self.eur(1_000))
        let run = FrozenShares.Run(units: 1, discountMinor: 0, taxMinor: 0, paidMinor: 1_000)
        for rule in [flat, capped, floored] {
            let terms = SettlementTerms(commissions: try CommissionRules([rule], taxRate: .percent(10)))
            var line = try SettledLine(
                "a",
                seller: Example.seller,
                paid: UnitAmounts([.init(units: 3, eachMinor: 1_000)]),
                tax: UnitAmounts([.init(units: 3, eachMinor: 0)]),
                commission: Commission(rule: "rule", fee: Self.eur(300), tax: Self.eur(30))
            )
            // Three units, then one of them and another, again and again.
            for _ in 0..<3 {
                let added = try SettledLine.addition(run, to: line, keeping: 1, of: ordered, on: terms, in: .eur)
                let fee = line.fee.sum(from: 0, units: 1) + added.fee.totalMinor
                let tax = line.feeTax.sum(from: 0, units: 1) + added.feeTax.totalMinor
                #expect(fee == 300 && tax == 30, "\(rule)")
                line = try SettledLine(
                    "a",
                    seller: Example.seller,
                    paid: UnitAmounts([.init(units: 2, eachMinor: 1_000)]),
                    tax: UnitAmounts([.init(units: 2, eachMinor: 0)]),
                    commission: Commission(rule: "rule", fee: Self.eur(fee), tax: Self.eur(tax))
                )
            }
        }
    }

    // The rate that holds when units are added is theirs alone.
    @Test func unitsThatAreAddedOnOtherTermsAreChargedByThoseAlone() throws {
        let ordered = OrderLine(sku: "tea", sellerID: Example.seller, quantity: .units(2), unitPrice: Self.eur(1_000))
        let run = FrozenShares.Run(units: 1, discountMinor: 0, taxMinor: 0, paidMinor: 1_000)
        for name in ["ten", "other"] as [CommissionRuleID] {
            let rule = try CommissionRule(name, fee: .percent(.percent(30), of: .net))
            let terms = SettlementTerms(commissions: try CommissionRules([rule]))
            let line = try Self.line(2, 1_000)
            let added = try SettledLine.addition(run, to: line, keeping: 1, of: ordered, on: terms, in: .eur)
            #expect(added.fee.totalMinor == 300)
        }
    }

    @Test func aRefundGivesWhatIsLeftAfterGoodwillWhichGoesBackToWhoeverBoreIt() throws {
        var settlement = try OrderSettlementTests.opened([Self.line(3, 1_000)], captured: 3_000)
        var events: [LedgerEvent] = []
        events += try settlement.perform(.deliver(entry: Self.id(1), units: [LineUnits("a", 3)]), by: .system)
        for (bits, amount, seller) in [(UInt128(2), Int64(300), nil), (3, 900, Example.seller)] {
            let goodwill = OrderSettlementAction.compensate(
                entry: Self.id(bits),
                amount: Self.eur(amount),
                seller: seller,
                tender: .gateway
            )
            events += try settlement.perform(goodwill, by: .system)
        }
        func back(_ bits: UInt128, _ units: Int) -> OrderSettlementAction {
            .refund(entry: Self.id(bits), units: [LineUnits("a", units)], stage: .afterDelivery, tender: .gateway)
        }
        // The first ones give what was paid for them, the last one what is left.
        events += try settlement.perform(back(4, 1), by: .system)
        let last = try settlement.perform(back(5, 2), by: .system)
        events += last
        let entry = try OrderSettlementTests.entry(last).entry
        #expect(entry.amount(on: .cash, in: .eur) == Self.eur(-800))
        #expect(entry.amount(on: .goodwill, in: .eur) == Self.eur(-300))
        #expect(entry.cause.reversals?.map(\.amountMinor) == [300, 900])
        #expect(settlement.compensatedMinor == 0 && settlement.compensations.isEmpty)
        #expect(try settlement.perform(back(5, 2), by: .system) == [])
        let balances = try Self.balances(events)
        // The capture was made before; all that was taken is given back, and nobody has earned or borne anything.
        #expect(balances.minorUnits.count == 2)
        #expect(balances[.cash, .eur] == Self.eur(-3_000) && balances[.prepayments, .eur] == Self.eur(3_000))
        for event in events { #expect(try roundTripped(event) == event) }
    }

    @Test func everyOrderOfGoodwillChangesAndRefundsAddsUpToWhatWasTaken() {
        PropertyRun.check(300) { run in
            var settlement = try OrderSettlementTests.opened([Self.line(4, 1_000)], captured: 4_000)
            var balances = LedgerBalances()
            try balances.post(
                LedgerEntry(
                    Self.id(999),
                    for: try #require(settlement.causes[Self.id(100)]),
                    [
                        LedgerLine(.cash, Self.eur(4_000)), LedgerLine(.prepayments, Self.eur(-4_000)),
                    ]
                )
            )
            func give(_ action: OrderSettlementAction) throws {
                guard settlement.refusal(of: action, by: .system) == nil else { return }
                for case .posted(let posted) in try settlement.perform(action, by: .system) {
                    try balances.post(posted.entry)
                }
                #expect(balances.sumMinor(in: .eur) == 0, run.replay)
                #expect(balances[.cash, .eur].minorUnits >= 0, run.replay)
            }
            for step in 0..<30 {
                let bits = UInt128(200 + step)
                switch run.natural(through: 6) {
                case 0:
                    let seller = run.element(of: [nil, Example.seller])
                    let amount = Self.eur(Int64(1 + run.natural(through: 900)))
                    try give(
                        run.element(of: [
                            .compensate(entry: Self.id(bits), amount: amount, seller: seller, tender: .gateway),
                            .oweGoodwill(entry: Self.id(bits), amount: amount, seller: seller),
                        ])
                    )
                case 6:
                    let part = Self.eur(Int64(run.natural(through: Int(settlement.owedGoodwillMinor))))
                    try give(.payGoodwill(entry: Self.id(bits), amount: part, tender: .gateway))
                case 1: try give(.deliver(entry: Self.id(bits), units: [LineUnits("a", 1 + run.natural(through: 1))]))
                case 2:
                    let more = try Self.line(1 + run.natural(through: 1), Int64(500 + run.natural(through: 900)))
                    try give(Self.amend(bits, more: more, paid: more.paid.totalMinor))
                case 3: try give(Self.amend(bits, less: 1))
                default:
                    let stage = run.element(of: RefundStage.allCases)
                    try give(.refund(entry: Self.id(bits), units: [LineUnits("a", 1)], stage: stage, tender: .gateway))
                }
            }
            // Whatever is left comes back, and what is owed is given.
            for (bits, stage) in [(UInt128(900), RefundStage.beforeDelivery), (901, .afterDelivery)] {
                let progress = settlement.progress[0]
                let open = settlement.lines[0].units - progress.delivered - progress.canceled
                let left = stage == .beforeDelivery ? open : progress.earned
                guard left > 0 else { continue }
                try give(.refund(entry: Self.id(bits), units: [LineUnits("a", left)], stage: stage, tender: .gateway))
            }
            let owed = Self.eur(settlement.owedMinor)
            try give(.settleChange(entry: Self.id(902), amount: owed, tender: .gateway))
            let promised = Self.eur(settlement.owedGoodwillMinor)
            try give(.payGoodwill(entry: Self.id(903), amount: promised, tender: .gateway))
            #expect(balances.minorUnits.isEmpty, run.replay)
            #expect(
                settlement.owedMinor == 0 && settlement.owedGoodwillMinor == 0 && settlement.compensations.isEmpty,
                run.replay
            )
        }
    }
}
