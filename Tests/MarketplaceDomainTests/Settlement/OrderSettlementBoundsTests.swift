import MarketplaceCore
import MarketplaceDomain
import Testing

/// What is borne and kept back stays apart, and no sum of it is too large to be counted.
@Suite struct OrderSettlementBoundsTests {
    private static let large: Int64 = 1 << 62

    private static func line(_ units: Int, _ price: Int64) throws -> SettledLine {
        try SettledLine(
            "a",
            seller: Example.seller,
            paid: UnitAmounts([.init(units: units, eachMinor: price)]),
            tax: UnitAmounts([.init(units: units, eachMinor: 0)])
        )
    }

    private static func id(_ bits: UInt128) -> LedgerEntryID { LedgerEntryID(bits: bits) }

    private static func eur(_ amount: Int64) -> Money { Money(minorUnits: amount, .eur) }

    // A sum over what a seller had borne, or over all bearers, stopped the process.
    @Test func goodwillOfWhichTheSumDoesNotFitIsRefused() throws {
        var settlement = try OrderSettlementTests.opened([Self.line(1, Self.large)], captured: Self.large)
        let all = Self.eur(Self.large)
        let first: [OrderSettlementAction] = [
            .oweGoodwill(entry: Self.id(1), amount: all, seller: Example.seller),
            .payGoodwill(entry: Self.id(2), amount: all, tender: .gateway),
            .retain(entry: Self.id(3), amount: all, seller: nil, tender: .gateway),
        ]
        for action in first { try settlement.perform(action, by: .system) }
        for seller in [Example.seller, nil] {
            let owed = OrderSettlementAction.oweGoodwill(entry: Self.id(4), amount: all, seller: seller)
            let given = OrderSettlementAction.compensate(
                entry: Self.id(5),
                amount: all,
                seller: seller,
                tender: .gateway
            )
            #expect(settlement.refusal(of: owed, by: .system) == .overflow)
            #expect(settlement.refusal(of: given, by: .system) == .overflow)
        }
        let rest = Self.eur(Self.large - 1)
        try settlement.perform(.compensate(entry: Self.id(6), amount: rest, seller: nil, tender: .gateway), by: .system)
        let more = OrderSettlementAction.retain(entry: Self.id(7), amount: all, seller: nil, tender: .gateway)
        #expect(settlement.refusal(of: more, by: .system) == .exceedsCaptured(requested: all, left: rest))
        let kept = Self.eur(Self.large - 1)
        try settlement.perform(.retain(entry: Self.id(8), amount: kept, seller: nil, tender: .gateway), by: .system)
        #expect(settlement.compensatedMinor == 0)
        #expect(settlement.goodwillBorne == [Example.seller: Self.large, nil: Self.large - 1])
        let one = OrderSettlementAction.refund(
            entry: Self.id(9),
            units: settlement.undelivered,
            stage: .beforeDelivery,
            given: Self.eur(0),
            tender: .gateway
        )
        #expect(settlement.refusal(of: one, by: .system) == .overflow)
    }

    private static func back(
        _ bits: UInt128,
        given: Int64?,
        before: Int64? = nil,
        bearer: SellerID? = nil
    ) -> OrderSettlementAction {
        .refund(
            entry: id(bits),
            units: [LineUnits("a", 1)],
            stage: .afterDelivery,
            given: given.map(eur),
            givenBefore: before.map(eur),
            bearer: bearer,
            tender: .split(storeCredit: eur(100))
        )
    }

    private static func delivered(goodwill: Int64) throws -> OrderSettlement {
        var settlement = try OrderSettlementTests.opened([line(3, 1_000)], captured: 3_000)
        try settlement.perform(.deliver(entry: id(50), units: settlement.undelivered), by: .system)
        guard goodwill > 0 else { return settlement }
        let gesture = OrderSettlementAction.compensate(
            entry: id(51),
            amount: eur(goodwill),
            seller: Example.seller,
            tender: .gateway
        )
        try settlement.perform(gesture, by: .system)
        return settlement
    }

    @Test func aRefundIsOneEntryOfWhatIsGivenWasGivenBeforeAndIsKept() throws {
        var settlement = try Self.delivered(goodwill: 500)
        let posted = try OrderSettlementTests.entry(
            settlement.perform(Self.back(1, given: 250, before: 300), by: .system)
        )
        let entry = posted.entry
        #expect(entry.amount(on: .storeCredit, in: .eur) == Self.eur(-100))
        #expect(entry.amount(on: .cash, in: .eur) == Self.eur(-150))
        // 10.00 of earnings are taken back, and 3.00 of goodwill were not to be given.
        #expect(entry.amount(on: .sellerPayable(Example.seller), in: .eur) == Self.eur(1_000 - 300))
        #expect(entry.amount(on: .goodwill, in: .eur) == Self.eur(-450))
        #expect(entry.cause.keptMinor == 450 && entry.cause.givenBefore == Self.eur(300))
        #expect(settlement.goodwillBorne == [Example.seller: 200] && settlement.retentions == [nil: 450])
        let second = Self.back(2, given: 1_400, bearer: Example.seller)
        let more = try OrderSettlementTests.entry(settlement.perform(second, by: .system)).entry
        #expect(more.cause.keptMinor == -400 && more.amount(on: .goodwill, in: .eur) == Self.eur(0))
        #expect(settlement.goodwillBorne == [Example.seller: 600] && settlement.retentions == [nil: 450])
        let event = LedgerEvent.posted(posted)
        #expect(try roundTripped(event) == event)
    }

    private static func digest(of action: OrderSettlementAction) -> ContentDigest.Value {
        var digest = ContentDigest()
        action.combine(into: &digest)
        return digest.value
    }

    // It was given before by hand, of which the order knows nothing.
    @Test func whoIsGivenAllThatIsLeftHadBeenGivenTheRestByWhoBoreIt() throws {
        var settlement = try Self.delivered(goodwill: 2_700)
        try settlement.perform(Self.back(1, given: 300, before: 0), by: .system)
        #expect(settlement.goodwillBorne == [Example.seller: 2_000] && settlement.retentions.isEmpty)
    }

    @Test func aRepeatedRefundSaysTheSameOfWhatItGives() throws {
        var settlement = try Self.delivered(goodwill: 500)
        let first = Self.back(1, given: 250, before: 300)
        try settlement.perform(first, by: .system)
        #expect(try settlement.perform(first, by: .system) == [])
        for other in [
            Self.back(1, given: 251, before: 300), Self.back(1, given: nil, before: 300), Self.back(1, given: 250),
            Self.back(1, given: 250, before: 300, bearer: Example.seller),
        ] {
            #expect(settlement.refusal(of: other, by: .system) == .entryReused(Self.id(1)))
            #expect(Self.digest(of: other) != Self.digest(of: first))
        }
    }

    @Test func noRefundGivesMoreThanIsLeftOfWhatWasTaken() throws {
        let settlement = try Self.delivered(goodwill: 500)
        func refusal(_ action: OrderSettlementAction) -> OrderSettlementRejection? {
            settlement.refusal(of: action, by: .system)
        }
        let exceeded = OrderSettlementRejection.exceedsCaptured(requested: Self.eur(2_501), left: Self.eur(2_500))
        #expect(refusal(Self.back(1, given: 2_501)) == exceeded)
        #expect(refusal(Self.back(1, given: 2_500)) == nil)
        #expect(refusal(Self.back(1, given: -1)) == .notPositive(Self.eur(-1)))
        #expect(refusal(Self.back(1, given: 0, before: -1)) == .notPositive(Self.eur(-1)))
        let stranger = Self.back(1, given: 0, bearer: Example.otherSeller)
        #expect(refusal(stranger) == .notASeller(Example.otherSeller))
    }

    // It is borne by an entry that is still to come, and neither kept back nor borne twice.
    @Test func whatNobodyHasBorneYetOfWhatWasGivenBeforeGoesToTheBearerAhead() throws {
        var settlement = try Self.delivered(goodwill: 0)
        try settlement.perform(Self.back(1, given: 500, before: 500), by: .system)
        #expect(settlement.goodwillBorne == [nil: -500] && settlement.retentions.isEmpty)
        try settlement.perform(Self.back(2, given: 2_500), by: .system)
        #expect(settlement.goodwillBorne == [nil: 1_000] && settlement.compensatedMinor == 1_000)
    }

    // The change owed it once more, and the return could not be posted.
    @Test func aChangeOwesNothingThatAReturnToComeWasPromised() throws {
        var settlement = try OrderSettlementTests.opened([Self.line(3, 1_000)], captured: 3_000)
        try settlement.perform(.deliver(entry: Self.id(1), units: [LineUnits("a", 1)]), by: .system)
        let less = OrderSettlementAction.amend(
            entry: Self.id(2),
            canceled: [LineUnits("a", 2)],
            added: [],
            paid: nil,
            owed: Self.eur(500),
            bearer: Example.seller,
            tender: .gateway
        )
        try settlement.perform(less, by: .system)
        #expect(settlement.owedMinor == 500 && settlement.goodwillBorne == [Example.seller: -1_500])
        try settlement.perform(Self.back(3, given: 2_500, bearer: Example.seller), by: .system)
        #expect(settlement.goodwillBorne.isEmpty && settlement.compensatedMinor == 0)
    }
}
