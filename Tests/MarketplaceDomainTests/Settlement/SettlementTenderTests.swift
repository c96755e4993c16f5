import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Money and store credit in one posting.
@Suite struct SettlementTenderTests {
    private typealias Settled = OrderSettlementTests

    private static func opened(captured tender: SettlementTender) throws -> OrderSettlement {
        var settlement = OrderSettlement()
        try settlement.perform(Settled.open([Settled.line()]), by: .system)
        try settlement.perform(capture(29_000, tender), by: .system)
        return settlement
    }

    private static func capture(_ amount: Int64, _ tender: SettlementTender) -> OrderSettlementAction {
        .capture(entry: Settled.id(100), amount: Settled.eur(amount), tender: tender)
    }

    private static func split(_ credit: Int64) -> SettlementTender { .split(storeCredit: Settled.eur(credit)) }

    private static func moved(_ events: [LedgerEvent]) throws -> [Int64] {
        let entry = try Settled.entry(events).entry
        return [.cash, .storeCredit].map { entry.amount(on: $0, in: .eur).minorUnits }
    }

    @Test func storeCreditBearsItsPartAndMoneyTheRest() throws {
        for (credit, expected) in [(9_000, [20_000, 9_000]), (0, [29_000, 0]), (40_000, [0, 29_000])]
            as [(Int64, [Int64])]
        {
            var settlement = OrderSettlement()
            try settlement.perform(Settled.open([Settled.line()]), by: .system)
            let moved = try Self.moved(settlement.perform(Self.capture(29_000, Self.split(credit)), by: .system))
            #expect(moved == expected)
        }
    }

    @Test func aRefundOfUnitsGivesEachItsPart() throws {
        var settlement = try Self.opened(captured: Self.split(9_000))
        let units = [LineUnits("a", 1)]
        let early = OrderSettlementAction.refund(
            entry: Settled.id(1),
            units: units,
            stage: .beforeDelivery,
            tender: Self.split(2_000)
        )
        #expect(try Self.moved(settlement.perform(early, by: .system)) == [-7_666, -2_000])
        try settlement.perform(.deliver(entry: Settled.id(2), units: units), by: .system)
        let late = OrderSettlementAction.refund(
            entry: Settled.id(3),
            units: units,
            stage: .afterDelivery,
            tender: Self.split(7_000)
        )
        #expect(try Self.moved(settlement.perform(late, by: .system)) == [-2_667, -7_000])
    }

    @Test func goodwillAndWhatIsKeptBackAreSplitAsWell() throws {
        var settlement = try Self.opened(captured: .gateway)
        let given = OrderSettlementAction.compensate(
            entry: Settled.id(1),
            amount: Settled.eur(500),
            seller: nil,
            tender: Self.split(200)
        )
        #expect(try Self.moved(settlement.perform(given, by: .system)) == [-300, -200])
        try settlement.perform(.deliver(entry: Settled.id(2), units: settlement.undelivered), by: .system)
        let back = [LineUnits("a", 1)]
        try settlement.perform(
            .refund(entry: Settled.id(3), units: back, stage: .afterDelivery, tender: .gateway),
            by: .system
        )
        let kept = OrderSettlementAction.retain(
            entry: Settled.id(4),
            amount: Settled.eur(400),
            seller: Example.seller,
            tender: Self.split(100)
        )
        #expect(try Self.moved(settlement.perform(kept, by: .system)) == [300, 100])
    }

    @Test func aSplitInAnotherCurrencyOrBelowZeroIsRefused() throws {
        var settlement = OrderSettlement()
        try settlement.perform(Settled.open([Settled.line()]), by: .system)
        let dollars = Self.capture(29_000, .split(storeCredit: Money(minorUnits: 1, .usd)))
        #expect(settlement.refusal(of: dollars, by: .system) == .currencyMismatch(expected: .eur, found: .usd))
        let negative = Self.capture(29_000, Self.split(-1))
        #expect(settlement.refusal(of: negative, by: .system) == .notPositive(Settled.eur(-1)))
    }

    @Test func anEntryOfAnotherSplitIsAnotherEntry() throws {
        var settlement = try Self.opened(captured: Self.split(9_000))
        #expect(try settlement.perform(Self.capture(29_000, Self.split(9_000)), by: .system) == [])
        let other = Self.capture(29_000, Self.split(8_999))
        #expect(settlement.refusal(of: other, by: .system) == .entryReused(Settled.id(100)))
    }

    @Test func whatIsStoredIsReadAgainAndNothingElseIs() throws {
        for tender in [SettlementTender.gateway, .storeCredit, Self.split(0), Self.split(9_000)] {
            let stored = try JSONEncoder().encode(tender)
            #expect(try JSONDecoder().decode(SettlementTender.self, from: stored) == tender)
        }
        let amount = #"{"minorUnits":-1,"currency":"EUR"}"#
        for damaged in [
            #"{"kind":"split"}"#, #"{"kind":"split","storeCredit":\#(amount)}"#,
            #"{"kind":"gateway","storeCredit":{"minorUnits":1,"currency":"EUR"}}"#, #"{"kind":"cash"}"#,
        ] {
            #expect(throws: DecodingError.self, "\(damaged)") {
                try JSONDecoder().decode(SettlementTender.self, from: Data(damaged.utf8))
            }
        }
    }
}
