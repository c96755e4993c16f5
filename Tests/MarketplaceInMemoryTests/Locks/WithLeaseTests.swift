import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import Testing

struct WithLeaseTests {
    private struct Broken: Error {}

    private let clock = ManualClock()
    private let provider: InMemoryLockProvider
    private let key = LockKeys("a")
    private let length = Duration.seconds(9)

    init() {
        provider = InMemoryLockProvider(clock: clock)
    }

    @Test func theKeyIsHeldDuringTheWorkAndFreeAfterIt() async throws {
        let value = try await provider.withLease(key, lease: length) { lease in
            #expect(lease.isHeld)
            let other = try await provider.acquire(key, lease: length, wait: .zero).lease
            #expect(other === nil)
            return 42
        }
        #expect(value == 42)
        #expect(provider.residue == 0)
        #expect(clock.sleeperCount == 0)
    }

    @Test func theKeyIsFreeAfterWorkThatThrows() async throws {
        await #expect(throws: Broken.self) {
            try await provider.withLease(key, lease: length) { _ in throw Broken() }
        }
        #expect(provider.residue == 0)
    }

    @Test func theKeyIsFreeAfterTheCallerWasCancelled() async throws {
        let task = Task {
            try await provider.withLease(key, lease: length) { _ in
                try await clock.sleep(for: .seconds(1_000))
            }
        }
        await clock.waitForSleepers(3)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(provider.residue == 0)
    }

    @Test func aBusyKeyIsAnError() async throws {
        let held = try #require(try await provider.acquire(key, lease: length, wait: .zero).lease)
        let error = await #expect(throws: LockError.self) {
            try await provider.withLease(key, lease: length) { _ in }
        }
        #expect(error?.code == .busy)
        #expect(held.isHeld)
    }

    @Test func theLeaseIsRenewedForAsLongAsTheWorkTakes() async throws {
        let task = Task {
            try await provider.withLease(key, lease: length) { lease in
                try await clock.sleep(for: .seconds(100))
                return lease.isHeld
            }
        }
        for _ in 1...50 {
            await clock.waitForSleepers(3)
            clock.advance(by: .seconds(2))
        }
        #expect(try await task.value)
    }

    @Test func workThatFreesTheKeyByItselfIsNotCancelled() async throws {
        let value = try await provider.withLease(key, lease: length) { lease in
            try await lease.release()
            await Task.yield()
            try Task.checkCancellation()
            return 1
        }
        #expect(value == 1)
    }

    @Test func losingTheLeaseCancelsTheWork() async throws {
        let keeper = ScriptedProvider(clock: clock, renewals: .notHeld)
        let task = Task {
            try await keeper.withLease(key, lease: length) { _ in
                try await clock.sleep(for: .seconds(1_000))
            }
        }
        await clock.waitForSleepers(3)
        clock.advance(by: length / 3)
        let error = await #expect(throws: LockError.self) { try await task.value }
        #expect(error?.code == .leaseLost)
        #expect(error?.effect == .unknown)
        #expect(keeper.releases == 1)
    }

    @Test func renewalsThatFailLoseTheLeaseOnlyWhenItsTimeIsOver() async throws {
        let keeper = ScriptedProvider(clock: clock, renewals: .failing)
        let cancelledAt = Mutex<Duration?>(nil)
        let task = Task {
            try await keeper.withLease(key, lease: length) { _ in
                do {
                    try await clock.sleep(for: .seconds(1_000))
                } catch {
                    let now = clock.now.offset
                    cancelledAt.withLock { $0 = now }
                    throw error
                }
            }
        }
        for _ in 1...3 {
            await clock.waitForSleepers(3)
            clock.advance(by: length / 3)
        }
        let error = await #expect(throws: LockError.self) { try await task.value }
        #expect(error?.code == .leaseLost)
        #expect(cancelledAt.withLock { $0 } == length)
        #expect(keeper.releases == 1)
    }

    @Test func workThatIgnoresTheLossIsStillReportedAsLost() async throws {
        let keeper = ScriptedProvider(clock: clock, renewals: .notHeld)
        let task = Task {
            try await keeper.withLease(key, lease: length) { _ in
                try? await clock.sleep(for: .seconds(1_000))
                return 1
            }
        }
        await clock.waitForSleepers(3)
        clock.advance(by: length / 3)
        let error = await #expect(throws: LockError.self) { _ = try await task.value }
        #expect(error?.code == .leaseLost)
    }

    @Test func whoeverWaitsForTheEndOfALeaseIsTold() async throws {
        let lease = try #require(try await provider.acquire(key, lease: length, wait: .zero).lease)
        async let end = lease.waitForEnd()
        await clock.waitForSleepers()
        clock.advance(by: length)
        #expect(await end == .expired)
        let other = try #require(try await provider.acquire(key, lease: length, wait: .zero).lease)
        async let release = other.waitForEnd()
        await clock.waitForSleepers()
        try await other.release()
        #expect(await release == .released)
    }
}

/// Gives every lease, and lets renewals end as told.
private final class ScriptedProvider: LockProvider, LeaseKeeper {
    enum Renewals { case notHeld, failing }

    private let timeline: MonotonicTimeline
    private let renewals: Renewals
    private let released = Mutex(0)

    init(clock: ManualClock, renewals: Renewals) {
        timeline = MonotonicTimeline(clock)
        self.renewals = renewals
    }

    var releases: Int { released.withLock { $0 } }

    func acquire(_ keys: LockKeys, lease: Duration, wait: Duration) async throws(LockError) -> LockOutcome {
        .acquired(
            Lease(tokens: ["a": FencingToken(1)], length: lease, from: timeline.now, on: timeline, keeper: self)
        )
    }

    func renew(for length: Duration) async throws(LockError) -> Bool {
        switch renewals {
        case .notHeld: return false
        case .failing: throw LockError(.unavailable, "no connection")
        }
    }

    func release() async throws(LockError) -> LeaseReleaseOutcome {
        released.withLock { $0 += 1 }
        return .notHeld
    }
}
