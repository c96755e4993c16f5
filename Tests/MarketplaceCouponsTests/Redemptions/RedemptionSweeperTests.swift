import MarketplaceCore
import MarketplaceCoupons
import MarketplaceInMemory
import MarketplaceJSON
import MarketplacePromotions
import MarketplaceTestKit
import TestSupport
import Testing

struct RedemptionSweeperTests {
    @Test func holdsAreEndedSoonAfterTheirDeadline() async throws {
        let clock = ManualClock(start: .second(0))
        let redemptions = CouponRedemptions(store: InMemoryStore(), codec: .json)
        try await redemptions.hold(1, [.total(of: 9)], until: 3)
        try await redemptions.hold(2, [.total(of: 9)], until: 5)
        try await redemptions.hold(3, [.total(of: 9)], until: 50)
        let notebook = Notebook()
        let sweeper = RedemptionSweeper(
            redemptions: redemptions,
            wallClock: clock.wall,
            interval: .seconds(1),
            clock: clock,
            observer: notebook
        )
        let running = Task { try await sweeper.run() }
        for _ in 0..<6 {
            await clock.waitForSleepers()
            clock.advance(by: .seconds(1))
        }
        await clock.waitForSleepers()
        await sweeper.drain()
        try await running.value
        #expect(try await redemptions.used(.total, of: "spring") == 1)
        #expect(notebook.events(RedemptionsExpired.self).map(\.count) == [1, 1])
    }

    @Test func aSweepThatFailsIsToldAndMadeAgain() async throws {
        let clock = ManualClock(start: .second(100))
        let store = FaultInjectingStore(InMemoryStore())
        let notebook = Notebook()
        let sweeper = RedemptionSweeper(
            redemptions: CouponRedemptions(store: store, codec: .json),
            wallClock: clock.wall,
            clock: clock,
            observer: notebook
        )
        store.failNextReads(1)
        let running = Task { try await sweeper.run() }
        for _ in 1...2 {
            await clock.waitForSleepers()
            clock.advanceToNextSleeper()
        }
        await sweeper.drain()
        try await running.value
        #expect(store.unfiredReadFailures == 0)
        #expect(notebook.lines == ["coupons.sweep.failed"])
    }

    @Test func oneSweepEndsMoreThanOneBatchAndTellsOfIt() async throws {
        let clock = ManualClock(start: .second(100))
        let redemptions = CouponRedemptions(store: InMemoryStore(), codec: .json)
        for number in 1...1_500 { try await redemptions.hold(number, [.total(of: 9_999)], until: 99) }
        let (told, teller) = AsyncStream.makeStream(of: Int.self)
        let sweeper = RedemptionSweeper(redemptions: redemptions, wallClock: clock.wall, clock: clock) {
            #expect($0.allSatisfy { $0.state == .expired && $0.claims.count == 1 })
            teller.yield($0.count)
        }
        #expect(try await sweeper.sweep() == 1_500)
        #expect(try await sweeper.sweep() == 0)
        teller.finish()
        #expect(await told.reduce(into: []) { $0.append($1) } == [1_000, 500])
        #expect(try await redemptions.used(.total, of: "spring") == 0)
    }
}
