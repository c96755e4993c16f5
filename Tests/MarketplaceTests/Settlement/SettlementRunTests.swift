import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

@Suite struct SettlementRunTests {
    private typealias Shop = SettlementShop
    private let seller = SettlementShop.sellers[0]

    @Test func aRepeatedRunHasNoEffectEvenWhenMoreHasMaturedMeanwhile() async throws {
        let shop = try Shop()
        try await shop.sell(OrderID(bits: 1), priceMinor: 1000)
        let runs = try await shop.settleNextDay()
        let period = shop.today
        // Open items that are new do not belong to a period that was settled.
        try await shop.sell(OrderID(bits: 2), priceMinor: 2000)
        let items = try await shop.items()
        #expect(try await shop.settlement.settle(period, by: .system) == runs)
        #expect(try await shop.items() == items)
        #expect(try await shop.settlement.payouts(of: seller, by: Shop.staff).count == 1)
    }

    @Test func whatIsPostedLateDoesNotBelongToAPeriodThatWasSettled() async throws {
        let shop = try Shop()
        try await shop.sell(OrderID(bits: 1), priceMinor: 1000)
        let period = SettlementPeriod(endingAt: shop.clock.wall.now.advanced(by: .days(1)))
        let runs = try await shop.settlement.settle(period, by: .system)
        // As of a server whose clock is behind.
        try await shop.sell(OrderID(bits: 2), priceMinor: 2000)
        #expect(try await shop.settlement.settle(period, by: .system) == runs)
        #expect(try await shop.items().map(\.amount) == [Shop.eur(1760)])
    }

    @Test func onlyThoseWhoMaySendPayoutsMakeTheBankAsk() async throws {
        let shop = try Shop(PayoutTerms(), [.timeOutBeforeEffect])
        try await shop.sell(OrderID(bits: 1), priceMinor: 1000)
        try await shop.settleNextDay()
        #expect(try await shop.settlement.sendPayouts(by: .system).open.count == 1)
        for actor in [CommandActor.visitor, .seller(seller), .buyer(MemberID(bits: 2))] {
            await #expect(throws: SettlementError.self) { try await shop.settlement.sendPayouts(by: actor) }
        }
        #expect(shop.bank.sent.isEmpty)
    }

    @Test func twoPeriodsThatAreSettledAtOnceDoNotShareAnItem() async throws {
        let shop = try Shop()
        try await shop.sell(OrderID(bits: 1), priceMinor: 1000)
        shop.clock.advance(by: .days(1))
        let (first, second) = (shop.today, SettlementPeriod(endingAt: shop.today.end.advanced(by: .days(1))))
        let other = shop.process(seed: 7)
        let store = FaultInjectingStore(
            shop.base,
            beforeCommit: { number in
                // Between the reads of the first run and its commit the second one comes to its end.
                if number == 1 { _ = try? await other.settle(second, by: .system) }
            }
        )
        let settlement = Settlement(
            in: ServiceEnvironment(
                store: store,
                codec: .json,
                identifiers: SeededIdentifiers(seed: 8),
                wallClock: shop.clock.wall
            ),
            payouts: shop.bank
        )
        try await settlement.settle(first, by: .system)
        #expect(store.commitCount == 1)
        try await settlement.sendPayouts(by: .system)
        #expect(shop.bank.sent.map(\.amount) == [Shop.eur(880)])
        #expect(try await shop.balance(.sellerPayable(seller)) == 0)
    }

    @Test func severalWorkersSettleEveryItemOnce() async throws {
        let shop = try Shop()
        for number in 1...40 {
            let seller = Shop.sellers[number % 2]
            try await shop.sell(OrderID(bits: UInt128(number)), seller: seller, priceMinor: 1000)
        }
        shop.clock.advance(by: .days(1))
        let period = shop.today
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 1...6 {
                let process = shop.process(seed: UInt64(worker) + 100)
                group.addTask {
                    try await process.settle(period, by: .system)
                    try await process.sendPayouts(by: .system)
                }
            }
            try await group.waitForAll()
        }
        // A worker may find a payout of another one that is under way.
        try await shop.settlement.sendPayouts(by: .system)
        #expect(shop.bank.sent.map(\.amount) == [Shop.eur(17_600), Shop.eur(17_600)])
        for seller in Shop.sellers {
            #expect(try await shop.balance(.sellerPayable(seller)) == 0)
            #expect(try await shop.settlement.payouts(of: seller, by: Shop.staff).map(\.status) == [.paid])
        }
        #expect(try await shop.balance(.cash) == 40_000 - 35_200)
    }

    @Test func aRunThatIsInterruptedAtAnyCommitEndsAsOneThatIsNot() async throws {
        for fault in [CommitFault.crashBefore, .crashAfter] {
            for number in 1... {
                let shop = try Shop(PayoutTerms(reserve: .percent(10), reserveFor: .days(1)))
                for index in 1...3 {
                    let seller = Shop.sellers[index % 2]
                    try await shop.sell(OrderID(bits: UInt128(index)), seller: seller, priceMinor: 1000)
                }
                shop.clock.advance(by: .days(1))
                var crashes = 0
                let first = shop.store.commitCount + number
                shop.store.inject(fault, atCommit: first)
                do {
                    try await shop.settlement.settle(shop.today, by: .system)
                    try await shop.settlement.sendPayouts(by: .system)
                } catch {
                    crashes += 1
                }
                let isFired = shop.store.firedFaults[first] != nil
                #expect(crashes == (isFired ? 1 : 0))
                let process = shop.process(seed: 99)
                try await process.settle(shop.today, by: .system)
                try await process.sendPayouts(by: .system)
                #expect(shop.bank.sent.map(\.amount.minorUnits).sorted() == [792, 1584], "\(number)")
                #expect(try await process.trialBalance(by: Shop.staff).isBalanced)
                #expect(try await shop.balance(.payoutClearing) == 0)
                #expect(try await shop.balance(.cash) == 3000 - 792 - 1584)
                guard isFired else { break }
            }
        }
    }

    // The items that a payout holds come to 880.00, all together to 924.00: what is in front does not wait for the rest.
    @Test(arguments: [(minimum: Int64(0), payouts: 2, left: 0), (minimum: 90_000, payouts: 1, left: 50)])
    func aSellerWithMoreItemsThanAPayoutHoldsGetsSeveralOfOnePeriod(
        _ minimum: Int64,
        _ payouts: Int,
        _ left: Int
    ) async throws {
        let shop = try Shop(PayoutTerms(minimum: CurrencyAmounts(Shop.eur(minimum))))
        // Few parcels of many orders: each order reads its own postings.
        let (orders, parcels) = (50, 21)
        for number in 1...orders {
            let order = OrderID(bits: UInt128(number))
            try await shop.open(order, [(seller, parcels, 100)])
            for parcel in 1...parcels {
                let key = try IdempotencyKey("parcel \(parcel)")
                try await shop.settlement.recordDelivery(of: order, [LineUnits("0", 1)], by: .system, key: key)
            }
        }
        #expect(orders * parcels > Payout.maximumItems)
        let runs = try await shop.settleNextDay()
        #expect(runs.map(\.payouts.count) == [payouts])
        try await shop.settlement.sendPayouts(by: .system)
        #expect(shop.bank.sent.reduce(0) { $0 + $1.amount.minorUnits } == Int64(orders * parcels - left) * 88)
        #expect(try await shop.settlement.settle(shop.today, by: .system) == (left == 0 ? [] : runs))
        #expect(try await shop.items().count == left)
    }

    @Test func theDailyJobCatchesUpOnMissedDaysAndTwoServersRunItOnce() async throws {
        let shop = try Shop(hold: .days(1))
        let servers = try [1, 2].map { seed in
            JobScheduler(
                [try shop.process(seed: seed).dailyJob()],
                store: shop.base,
                identifiers: SeededIdentifiers(seed: seed + 50),
                wallClock: shop.clock.wall,
                clock: shop.clock,
                randomness: SeededRandomSource(seed: seed)
            )
        }
        for server in servers { try await server.runDue() }
        for number in 1...3 {
            try await shop.sell(OrderID(bits: UInt128(number)), priceMinor: 1000)
            shop.clock.advance(by: .days(1))
        }
        shop.clock.advance(by: .days(2))
        for _ in 0..<10 { for server in servers { try await server.runDue() } }
        #expect(shop.bank.sent.map(\.amount) == [Shop.eur(880), Shop.eur(880), Shop.eur(880)])
        #expect(try await shop.settlement.payouts(of: seller, by: Shop.staff).map(\.status) == [.paid, .paid, .paid])
        #expect(try await shop.settlement.payouts(of: seller, by: Shop.staff).count == 3)
    }
}
