import MarketplaceCore
import TestSupport
import Testing

struct RetryPolicyTests {
    @Test func neverMeansOneAttempt() {
        #expect(RetryPolicy.never.pause(afterFailures: 1, random: 0) == nil)
    }

    @Test func constantPausesStayTheSameUntilTheAttemptsAreUsedUp() {
        let policy = RetryPolicy.constant(.seconds(2), attempts: 3)
        #expect(policy.pause(afterFailures: 1, random: .max) == .seconds(2))
        #expect(policy.pause(afterFailures: 2, random: .max) == .seconds(2))
        #expect(policy.pause(afterFailures: 3, random: .max) == nil)
        #expect(policy.pause(afterFailures: .max, random: .max) == nil)
    }

    @Test func pausesDoubleUpToTheCap() {
        let policy = RetryPolicy.exponential(from: .milliseconds(50), cap: .seconds(1), attempts: nil, jitter: .none)
        let pauses = (1...8).map { policy.pause(afterFailures: $0, random: 0) }
        #expect(pauses == [50, 100, 200, 400, 800, 1_000, 1_000, 1_000].map { .milliseconds($0) })
    }

    @Test func aFirstPauseAboveTheCapIsCutToIt() {
        let policy = RetryPolicy.exponential(from: .seconds(60), cap: .seconds(1), attempts: nil, jitter: .none)
        #expect(policy.pause(afterFailures: 1, random: 0) == .seconds(1))
    }

    @Test func fullJitterLiesBetweenNothingAndTheWholePause() {
        let policy = RetryPolicy.exponential(from: .seconds(1), cap: .seconds(8), attempts: nil, jitter: .full)
        #expect(policy.pause(afterFailures: 2, random: 0) == .zero)
        #expect(policy.pause(afterFailures: 2, random: 1 << 63) == .seconds(1))
        let longest = policy.pause(afterFailures: 2, random: .max)
        #expect(longest == .seconds(2) - .microseconds(1))
    }

    @Test func equalJitterWaitsAtLeastHalf() {
        let policy = RetryPolicy.exponential(from: .seconds(1), cap: .seconds(8), attempts: nil, jitter: .equal)
        #expect(policy.pause(afterFailures: 3, random: 0) == .seconds(2))
        #expect(policy.pause(afterFailures: 3, random: 1 << 63) == .seconds(3))
    }

    @Test func aJitterStandsAloneWhereThereIsNoPolicy() {
        #expect(RetryPolicy.Jitter.none.pause(upTo: .seconds(4), random: 0) == .seconds(4))
        #expect(RetryPolicy.Jitter.full.pause(upTo: .seconds(4), random: 1 << 62) == .seconds(1))
        #expect(RetryPolicy.Jitter.equal.pause(upTo: .seconds(4), random: 1 << 63) == .seconds(3))
    }

    @Test func noPolicyEverPausesLongerThanItsCapOrBelowNothing() {
        PropertyRun.check { run in
            let jitter = run.element(of: [RetryPolicy.Jitter.none, .full, .equal])
            let cap = Duration.microseconds(run.natural(through: 31_536_000_000_000))
            let first = Duration.microseconds(run.natural(through: .max / 2))
            let attempts: Int? = run.natural(through: 3) == 0 ? nil : 1 + run.natural(through: 100)
            let policy =
                run.natural(through: 4) == 0
                ? RetryPolicy.constant(cap, attempts: attempts, jitter: jitter)
                : .exponential(from: first, cap: cap, attempts: attempts, jitter: jitter)
            let failures = run.element(of: [1, 2, 3, 63, 64, 65, 1_000, .max, 1 + run.natural(through: 200)])
            let pause = policy.pause(afterFailures: failures, random: run.generator.next())
            if let attempts, failures >= attempts {
                #expect(pause == nil, run.replay)
            } else if let pause {
                #expect(pause >= .zero && pause <= cap, run.replay)
            } else {
                #expect(pause != nil, run.replay)
            }
        }
    }

    @Test func pausesWithoutJitterNeverShrink() {
        PropertyRun.check(300) { run in
            let policy = RetryPolicy.exponential(
                from: .microseconds(run.natural(through: 1_000_000)),
                cap: .microseconds(run.natural(through: 1_000_000_000_000)),
                attempts: nil,
                jitter: .none
            )
            let pauses = (1...80).compactMap { policy.pause(afterFailures: $0, random: 0) }
            #expect(pauses.count == 80 && zip(pauses, pauses.dropFirst()).allSatisfy { $0 <= $1 }, run.replay)
        }
    }

    @Test func theLongestCapIsAYear() {
        let policy = RetryPolicy.exponential(cap: RetryPolicy.longestCap, attempts: nil, jitter: .none)
        #expect(policy.pause(afterFailures: .max, random: 0) == .seconds(31_536_000))
    }

    @Test func aFailureCountBelowOneCountsAsTheFirst() {
        let policy = RetryPolicy.exponential(from: .seconds(1), cap: .seconds(8), attempts: nil, jitter: .none)
        #expect(policy.pause(afterFailures: 0, random: 0) == .seconds(1))
        #expect(policy.pause(afterFailures: .min, random: 0) == .seconds(1))
    }
}
