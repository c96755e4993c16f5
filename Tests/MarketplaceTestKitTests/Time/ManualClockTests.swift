import MarketplaceCore
import MarketplaceTestKit
import Synchronization
import Testing

struct ManualClockTests {
    @Test func bothClocksStandStillUntilTheyAreAdvanced() {
        let clock = ManualClock(start: .epoch)
        #expect(clock.wall.now == .epoch)
        clock.advance(by: .seconds(3))
        #expect(clock.wall.now == Timestamp.epoch.advanced(by: .seconds(3)))
        #expect(clock.now.offset == .seconds(3))
    }

    @Test func theWallClockCanBeSetWithoutTheMonotonicOneNoticing() {
        let clock = ManualClock(start: .epoch)
        clock.setWallTime(.distantPast)
        #expect(clock.wall.now == .distantPast)
        #expect(clock.now.offset == .zero)
    }

    @Test func aSleeperIsResumedWhenItsTimeHasCome() async throws {
        let clock = ManualClock()
        let sleeper = Task { try await clock.sleep(for: .seconds(10)) }
        await clock.waitForSleepers()
        clock.advance(by: .seconds(9))
        #expect(clock.sleeperCount == 1)
        clock.advance(by: .seconds(1))
        try await sleeper.value
        #expect(clock.sleeperCount == 0)
    }

    @Test func aCancelledSleeperThrowsAndLeavesNothingBehind() async {
        let clock = ManualClock()
        let sleeper = Task { try await clock.sleep(for: .seconds(10)) }
        await clock.waitForSleepers()
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        #expect(clock.sleeperCount == 0)
    }

    @Test func whoWaitsForSleepersCanBeCancelled() async {
        let clock = ManualClock()
        let watcher = Task { await clock.waitForSleepers(5) }
        watcher.cancel()
        await watcher.value
    }

    @Test func advancingCarriesABodyThroughItsPauses() async throws {
        let clock = ManualClock()
        let woken = try await clock.advancing {
            for _ in 0..<100 { try await clock.sleep(for: .hours(1)) }
            return clock.now.offset
        }
        #expect(woken >= .hours(100))
    }
}
