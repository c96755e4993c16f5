import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

@Suite struct OrderSettlementTests {
    static func eur(_ amount: Int64) -> Money { Money(minorUnits: amount, .eur) }

    /// Three units at 100.00 less 10.00 in all, of which the seller bears 4.00; a fee of 10% with 20% tax on it.
    static func line(
        _ id: BasketLineID = "a",
        seller: SellerID? = Example.seller,
        remitter: TaxRemitter = .seller
    ) throws -> SettledLine {
        let fee = Commission(rule: "ten", fee: eur(2900), tax: eur(580))
        return try SettledLine(
            id,
            seller: seller,
            taxRemitter: remitter,
            paid: UnitAmounts([.init(units: 2, eachMinor: 9667), .init(units: 1, eachMinor: 9666)]),
            tax: UnitAmounts([.init(units: 3, eachMinor: 1000)]),
            promotionMinor: 600,
            commission: fee
        )
    }

    static func open(_ lines: [SettledLine], hold: Int64 = 0) -> OrderSettlementAction {
        .open(order: Example.orderID, currency: .eur, lines: lines, holdBackSeconds: hold)
    }

    static func opened(_ lines: [SettledLine], captured: Int64? = nil, hold: Int64 = 0) throws -> OrderSettlement {
        var settlement = OrderSettlement()
        try settlement.perform(open(lines, hold: hold), by: .system)
        if let captured {
            try settlement.perform(.capture(entry: id(100), amount: eur(captured), tender: .gateway), by: .system)
        }
        return settlement
    }

    static func id(_ bits: UInt128) -> LedgerEntryID { LedgerEntryID(bits: bits) }

    static func entry(_ events: [LedgerEvent]) throws -> LedgerEntryPosted {
        guard case .posted(let posted) = try #require(events.first) else { throw LedgerError.emptyLine(.cash) }
        return posted
    }

    @Test func aSellerEarnsTheTotalLessCommissionAndIsGivenWhatTheMarketplaceTookOff() throws {
        var settlement = try Self.opened([Self.line()], captured: 29_000)
        let posted = try Self.entry(
            settlement.perform(.deliver(entry: Self.id(1), units: settlement.undelivered), by: .system)
        )
        let entry = posted.entry
        #expect(entry.amount(on: .prepayments, in: .eur) == Self.eur(29_000))
        #expect(entry.amount(on: .promotionCost, in: .eur) == Self.eur(600))
        #expect(entry.amount(on: .commissionRevenue, in: .eur) == Self.eur(-2900))
        #expect(entry.amount(on: .commissionTax, in: .eur) == Self.eur(-580))
        #expect(entry.amount(on: .sellerPayable(Example.seller), in: .eur) == Self.eur(-(29_000 + 600 - 2900 - 580)))
        #expect(posted.opens.map(\.amount) == [Self.eur(26_120)])
    }

    @Test func theTaxOfAMarketplaceThatRemitsItIsKept() throws {
        var settlement = try Self.opened([Self.line(remitter: .marketplace)], captured: 29_000)
        let posted = try Self.entry(
            settlement.perform(.deliver(entry: Self.id(1), units: settlement.undelivered), by: .system)
        )
        #expect(posted.entry.amount(on: .salesTax, in: .eur) == Self.eur(-3000))
        #expect(posted.opens.map(\.amount) == [Self.eur(23_120)])
    }

    @Test func theMarketplaceTakesNoCommissionOfItself() throws {
        var settlement = try Self.opened([Self.line(seller: nil)], captured: 29_000)
        let posted = try Self.entry(
            settlement.perform(.deliver(entry: Self.id(1), units: settlement.undelivered), by: .system)
        )
        #expect(posted.entry.amount(on: .ownSales, in: .eur) == Self.eur(-29_600))
        #expect(posted.entry.amount(on: .commissionRevenue, in: .eur) == .zero(.eur))
        #expect(posted.opens.isEmpty)
    }

    @Test func theCommissionOnAReturnIsThatOfTheReturnedUnitsAndNotABlendedRate() throws {
        let expensive = try SettledCase.line("0", 1, paid: 10_000, rules: Self.rules(20))
        let cheap = try SettledCase.line("1", 1, paid: 10_000, rules: Self.rules(5))
        var settled = try SettledCase([expensive, cheap])
        _ = try settled.refund([LineUnits("1", 1)])
        let last = try #require(settled.entries.last)
        #expect(last.amount(on: .commissionRevenue, in: .usd) == Money(minorUnits: 500, .usd))
        #expect(last.amount(on: .sellerPayable(Example.seller), in: .usd) == Money(minorUnits: 9500, .usd))
    }

    static func rules(_ percent: Int64) throws -> CommissionRules {
        try CommissionRules([CommissionRule("r", fee: .percent(.percent(percent), of: .net))])
    }

    @Test func whatWasNotDeliveredIsRefundedWithoutTouchingEarnings() throws {
        var settlement = try Self.opened([Self.line()], captured: 29_000)
        let refund = OrderSettlementAction.refund(
            entry: Self.id(2),
            units: [LineUnits("a", 1)],
            stage: .beforeDelivery,
            tender: .storeCredit
        )
        let posted = try Self.entry(settlement.perform(refund, by: .system))
        #expect(posted.entry.lines.map(\.account) == [.prepayments, .storeCredit])
        // As an order that is changed, it calls the last unit off.
        #expect(posted.entry.amount(on: .storeCredit, in: .eur) == Self.eur(-9666))
        #expect(settlement.undelivered == [LineUnits("a", 2)])
    }

    @Test func anEntryIsPostedOnceAndItsIdIsNotUsedForSomethingElse() throws {
        var settlement = try Self.opened([Self.line()], captured: 20_000)
        let deliver = OrderSettlementAction.deliver(entry: Self.id(1), units: [LineUnits("a", 1)])
        try settlement.perform(deliver, by: .system)
        #expect(try settlement.perform(deliver, by: .operator(Example.staff)) == [])
        let other = OrderSettlementAction.deliver(entry: Self.id(1), units: [LineUnits("a", 2)])
        #expect(settlement.refusal(of: other, by: .system) == .entryReused(Self.id(1)))
        #expect(try settlement.perform(Self.open([Self.line()]), by: .system) == [])
        #expect(
            settlement.refusal(of: Self.open([try Self.line("b")]), by: .system) == .alreadyOpened(Example.orderID)
        )
    }

    @Test func nobodyEarnsOrGetsBackMoreThanWasTaken() throws {
        var settlement = try Self.opened([Self.line()], captured: 10_000)
        let two = OrderSettlementAction.deliver(entry: Self.id(1), units: [LineUnits("a", 2)])
        #expect(
            settlement.refusal(of: two, by: .system)
                == .exceedsCaptured(requested: Self.eur(19_334), left: Self.eur(10_000))
        )
        let more = OrderSettlementAction.capture(entry: Self.id(2), amount: Self.eur(19_001), tender: .gateway)
        #expect(
            settlement.refusal(of: more, by: .system)
                == .exceedsTotal(requested: Self.eur(19_001), left: Self.eur(19_000))
        )
        try settlement.perform(.deliver(entry: Self.id(3), units: [LineUnits("a", 1)]), by: .system)
        let goodwill = OrderSettlementAction.compensate(
            entry: Self.id(4),
            amount: Self.eur(10_001),
            seller: nil,
            tender: .gateway
        )
        #expect(
            settlement.refusal(of: goodwill, by: .system)
                == .exceedsCaptured(requested: Self.eur(10_001), left: Self.eur(10_000))
        )
    }

    @Test func whatIsKeptBackOfARefundIsNoMoreThanWasGivenAndCanBeGivenLater() throws {
        var settlement = try Self.opened([Self.line()], captured: 29_000)
        try settlement.perform(.deliver(entry: Self.id(1), units: [LineUnits("a", 3)]), by: .system)
        let refund = OrderSettlementAction.refund(
            entry: Self.id(2),
            units: [LineUnits("a", 1)],
            stage: .afterDelivery,
            tender: .gateway
        )
        try settlement.perform(refund, by: .system)
        func retain(_ amount: Int64, _ entry: UInt128 = 3) -> OrderSettlementAction {
            .retain(entry: Self.id(entry), amount: Self.eur(amount), seller: Example.seller, tender: .gateway)
        }
        #expect(
            settlement.refusal(of: retain(9_668), by: .system)
                == .exceedsCaptured(requested: Self.eur(9_668), left: Self.eur(9_667))
        )
        let posted = try Self.entry(settlement.perform(retain(500), by: .system))
        #expect(posted.entry.amount(on: .cash, in: .eur) == Self.eur(500))
        #expect(posted.entry.amount(on: .sellerPayable(Example.seller), in: .eur) == Self.eur(-500))
        #expect(posted.opens.map(\.amount) == [Self.eur(500)])
        #expect(try settlement.perform(retain(500), by: .system).isEmpty)
        #expect(settlement.refusal(of: retain(9_168, 4), by: .system) != nil && settlement.compensatedMinor == -500)
        let give = OrderSettlementAction.compensate(
            entry: Self.id(5),
            amount: Self.eur(500),
            seller: Example.seller,
            tender: .gateway
        )
        try settlement.perform(give, by: .system)
        #expect(settlement.compensatedMinor == 0)
    }

    @Test func unitsAreDeliveredAndRefundedOnce() throws {
        var settlement = try Self.opened([Self.line()], captured: 29_000)
        func refund(_ units: Int, _ stage: RefundStage) -> OrderSettlementAction {
            .refund(entry: Self.id(50), units: [LineUnits("a", units)], stage: stage, tender: .gateway)
        }
        try settlement.perform(.deliver(entry: Self.id(1), units: [LineUnits("a", 2)]), by: .system)
        #expect(settlement.refusal(of: refund(2, .beforeDelivery), by: .system) == .unitsLeft("a", wanted: 2, left: 1))
        #expect(settlement.refusal(of: refund(3, .afterDelivery), by: .system) == .unitsLeft("a", wanted: 3, left: 2))
        #expect(settlement.refusal(of: refund(0, .afterDelivery), by: .system) == .unitsLeft("a", wanted: 0, left: 0))
        #expect(settlement.refusal(of: refund(-1, .afterDelivery), by: .system) == .unitsLeft("a", wanted: -1, left: 0))
        let unknown = OrderSettlementAction.deliver(entry: Self.id(51), units: [LineUnits("z", 1)])
        #expect(settlement.refusal(of: unknown, by: .system) == .unknownLine("z"))
        let again = OrderSettlementAction.deliver(entry: Self.id(52), units: [LineUnits("a", 1), LineUnits("a", 1)])
        #expect(settlement.refusal(of: again, by: .system) == .unitsLeft("a", wanted: 1, left: 0))
    }

    @Test func earningsMatureAfterTheHoldAndARefundNotBeforeThem() throws {
        var settlement = try Self.opened([Self.line()], captured: 29_000, hold: 3600)
        let earned = try Self.entry(
            settlement.perform(.deliver(entry: Self.id(1), units: [LineUnits("a", 2)]), by: .system)
        )
        let due = Example.now.advanced(by: .seconds(3600))
        #expect(earned.opens.map(\.maturesAt) == [due])
        let refund = OrderSettlementAction.refund(
            entry: Self.id(2),
            units: [LineUnits("a", 1)],
            stage: .afterDelivery,
            tender: .gateway
        )
        #expect(try Self.entry(settlement.perform(refund, by: .system)).opens.map(\.maturesAt) == [due])
    }

    @Test func aGestureAtTheSellersCostIsTakenOfTheSeller() throws {
        var settlement = try Self.opened([Self.line()], captured: 29_000)
        func gesture(_ bits: UInt128, _ seller: SellerID?) -> OrderSettlementAction {
            .compensate(entry: Self.id(bits), amount: Self.eur(500), seller: seller, tender: .gateway)
        }
        let posted = try Self.entry(settlement.perform(gesture(1, Example.seller), by: .system))
        #expect(posted.opens.map(\.amount) == [Self.eur(-500)])
        #expect(
            settlement.refusal(of: gesture(2, Example.otherSeller), by: .system) == .notASeller(Example.otherSeller)
        )
        let own = try Self.entry(settlement.perform(gesture(3, nil), by: .system))
        #expect(own.entry.amount(on: .goodwill, in: .eur) == Self.eur(500))
    }

    @Test func hugeLinesAreATypedRefusal() throws {
        let huge = try UnitAmounts([.init(units: 1, eachMinor: .max)])
        let none = try UnitAmounts([.init(units: 1, eachMinor: 0)])
        let lines = try ["a", "b"].map { try SettledLine($0, seller: Example.seller, paid: huge, tax: none) }
        #expect(OrderSettlement().refusal(of: Self.open(lines), by: .system) == .overflow)
        #expect(OrderSettlement().refusal(of: Self.open([]), by: .system) == .lines(count: 0))
        let twice = [try Self.line(), try Self.line()]
        #expect(OrderSettlement().refusal(of: Self.open(twice), by: .system) == .lines(count: 2))
    }

    @Test func eventsAreReadBackAsTheyWereWritten() throws {
        var settlement = OrderSettlement()
        var events = try settlement.perform(Self.open([Self.line()], hold: 5), by: .system)
        let capture = OrderSettlementAction.capture(entry: Self.id(1), amount: Self.eur(29_000), tender: .gateway)
        events += try settlement.perform(capture, by: .system)
        events += try settlement.perform(.deliver(entry: Self.id(2), units: [LineUnits("a", 2)]), by: .system)
        for event in events { #expect(try roundTripped(event) == event) }
        #expect(OrderSettlement(replaying: events) == settlement)
    }
}
