import MarketplaceCore
import MarketplaceDomain
import Testing

/// What a buyer is to be given beyond what is returned: who bears it has borne it before it is given.
@Suite struct OrderSettlementGoodwillTests {
    private static func eur(_ amount: Int64) -> Money { Money(minorUnits: amount, .eur) }

    private static func owe(_ bits: UInt128, _ amount: Int64, _ seller: SellerID? = nil) -> OrderSettlementAction {
        .oweGoodwill(entry: LedgerEntryID(bits: bits), amount: eur(amount), seller: seller)
    }

    private static func pay(_ bits: UInt128, _ amount: Int64) -> OrderSettlementAction {
        .payGoodwill(entry: LedgerEntryID(bits: bits), amount: eur(amount), tender: .split(storeCredit: eur(100)))
    }

    @Test func goodwillIsOwedFromWhatWasPrepaidUntilItIsGiven() throws {
        var settlement = try OrderSettlementTests.opened([OrderSettlementTests.line()], captured: 29_000)
        let owed = try OrderSettlementTests.entry(settlement.perform(Self.owe(1, 700, Example.seller), by: .system))
        #expect(owed.entry.amount(on: .sellerPayable(Example.seller), in: .eur) == Self.eur(700))
        #expect(owed.entry.amount(on: .prepayments, in: .eur) == Self.eur(-700))
        #expect(owed.opens.map(\.amount) == [Self.eur(-700)])
        #expect(settlement.owedGoodwillMinor == 700 && settlement.compensations == [Example.seller: 700])
        let paid = try OrderSettlementTests.entry(settlement.perform(Self.pay(2, 700), by: .system))
        #expect(paid.entry.amount(on: .cash, in: .eur) == Self.eur(-600))
        #expect(paid.entry.amount(on: .storeCredit, in: .eur) == Self.eur(-100))
        #expect(paid.entry.amount(on: .prepayments, in: .eur) == Self.eur(700))
        #expect(settlement.owedGoodwillMinor == 0 && settlement.compensatedMinor == 700)
        for action in [Self.owe(1, 700, Example.seller), Self.pay(2, 700)] {
            #expect(try settlement.perform(action, by: .system) == [])
        }
    }

    @Test func noMoreIsOwedThanIsKeptAndNoMorePaidThanIsOwed() throws {
        var settlement = try OrderSettlementTests.opened([OrderSettlementTests.line()], captured: 10_000)
        func refusal(_ action: OrderSettlementAction) -> OrderSettlementRejection? {
            settlement.refusal(of: action, by: .system)
        }
        #expect(refusal(Self.owe(1, 10_001)) == .exceedsCaptured(requested: Self.eur(10_001), left: Self.eur(10_000)))
        #expect(refusal(Self.owe(1, 0)) == .notPositive(Self.eur(0)))
        #expect(refusal(Self.owe(1, 1, Example.otherSeller)) == .notASeller(Example.otherSeller))
        #expect(refusal(Self.pay(1, 1)) == .exceedsCaptured(requested: Self.eur(1), left: Self.eur(0)))
        try settlement.perform(Self.owe(1, 300), by: .system)
        #expect(refusal(Self.pay(2, 301)) == .exceedsCaptured(requested: Self.eur(301), left: Self.eur(300)))
        #expect(refusal(Self.pay(1, 300)) == .entryReused(LedgerEntryID(bits: 1)))
    }

    // What was not given yet was given twice by the ledger, and then could not be posted at all.
    @Test func whatIsCalledOffBeforeGoodwillIsPaidGivesThatMuchLess() throws {
        var settlement = try OrderSettlementTests.opened([OrderSettlementTests.line()], captured: 29_000)
        try settlement.perform(Self.owe(1, 700), by: .system)
        let refund = OrderSettlementAction.refund(
            entry: LedgerEntryID(bits: 2),
            units: settlement.undelivered,
            stage: .beforeDelivery,
            tender: .gateway
        )
        let entry = try OrderSettlementTests.entry(settlement.perform(refund, by: .system)).entry
        #expect(entry.amount(on: .cash, in: .eur) == Self.eur(-28_300))
        #expect(entry.amount(on: .goodwill, in: .eur) == Self.eur(-700))
        let paid = OrderSettlementAction.payGoodwill(
            entry: LedgerEntryID(bits: 3),
            amount: Self.eur(700),
            tender: .gateway
        )
        let last = try OrderSettlementTests.entry(settlement.perform(paid, by: .system)).entry
        #expect(last.amount(on: .cash, in: .eur) == Self.eur(-700))
        #expect(settlement.compensations.isEmpty && settlement.owedGoodwillMinor == 0)
    }
}
