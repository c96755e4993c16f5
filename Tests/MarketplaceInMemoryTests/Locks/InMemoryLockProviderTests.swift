import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import Testing

struct InMemoryLockProviderTests {
    private let clock = ManualClock()
    private let provider: InMemoryLockProvider
    private let length = Duration.seconds(10)

    init() {
        provider = InMemoryLockProvider(clock: clock)
    }

    private func acquire(_ keys: LockKeys = LockKeys("a"), wait: Duration = .zero) async throws -> LockOutcome {
        try await provider.acquire(keys, lease: length, wait: wait)
    }

    private func lease(_ keys: LockKeys = LockKeys("a"), wait: Duration = .zero) async throws -> Lease {
        try #require(try await acquire(keys, wait: wait).lease)
    }

    private func waitForWaiters(_ count: Int) async {
        while provider.waiterCount < count { await Task.yield() }
    }

    @Test func aHeldKeyIsBusyAndAFreeOneIsNot() async throws {
        let held = try await lease()
        #expect(try await acquire().lease == nil)
        #expect(try await acquire(LockKeys("b")).lease != nil)
        #expect(try await held.release() == .released)
        #expect(try await held.release() == .notHeld)
        #expect(try await acquire().lease != nil)
    }

    @Test func tokensStrictlyRiseOverManyLeases() async throws {
        var last = FencingToken(0)
        for round in 1...10_000 {
            let next = try await lease()
            let token = try #require(next.tokens["a"])
            #expect(token > last)
            last = token
            if round.isMultiple(of: 2) { try await next.release() } else { clock.advance(by: length) }
        }
    }

    @Test func tokensBeginWhereTheProviderIsTold() async throws {
        let provider = InMemoryLockProvider(clock: clock, firstToken: 5_000)
        let lease = try #require(try await provider.acquire(LockKeys("a"), lease: length, wait: .zero).lease)
        #expect(lease.tokens == ["a": FencingToken(5_000)])
    }

    @Test func anExpiredLeaseIsNeitherRenewedNorFreesItsSuccessors() async throws {
        let stale = try await lease()
        clock.advance(by: length)
        let successor = try await lease()
        #expect(try await stale.renew(for: length) == false)
        #expect(try await stale.release() == .notHeld)
        #expect(stale.end == .expired)
        #expect(successor.isHeld)
        #expect(try await acquire().lease == nil)
    }

    @Test func aRenewedLeaseLastsFromItsRenewalOn() async throws {
        let held = try await lease()
        clock.advance(by: .seconds(6))
        #expect(held.remaining == .seconds(4))
        #expect(try await held.renew(for: length))
        #expect(held.remaining == .seconds(10))
        clock.advance(by: .seconds(9))
        #expect(try await acquire().lease == nil)
        clock.advance(by: .seconds(1))
        #expect(try await acquire().lease != nil)
    }

    @Test func callersAreServedInTheOrderTheyCame() async throws {
        let held = try await lease()
        let order = Turns()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 1...100 {
                group.addTask {
                    let lease = try await lease(wait: .seconds(60))
                    order.append(caller)
                    try await lease.release()
                }
                await waitForWaiters(caller)
            }
            try await held.release()
            try await group.waitForAll()
        }
        #expect(order.all == Array(1...100))
        #expect(provider.residue == 0)
    }

    @Test func aLateCallerDoesNotOvertakeWhoWaitsForOneOfItsKeys() async throws {
        let held = try await lease(LockKeys("a"))
        let both = Task { try await acquire(LockKeys(["a", "b"]), wait: .seconds(60)).lease }
        await waitForWaiters(1)
        // `b` is free, but the first in its line waits for `a` too.
        #expect(try await acquire(LockKeys("b")).lease == nil)
        try await held.release()
        #expect(try await both.value?.keys == ["a", "b"])
    }

    @Test func headingOneLineIsNotEnoughToPassWhoHeadsAnother() async throws {
        let held = try await lease(LockKeys("c"))
        let first = Task { try await acquire(LockKeys(["b", "c"]), wait: .seconds(60)).lease }
        await waitForWaiters(1)
        // It heads the line of `a`, and `a` and `b` are free, but the first in the line of `b` waits for `c` too.
        #expect(try await acquire(LockKeys(["a", "b"])).lease == nil)
        try await held.release()
        #expect(try await first.value?.keys == ["b", "c"])
    }

    @Test func aWaitingCallerGetsTheKeyWhenTheLeaseRunsOut() async throws {
        _ = try await lease()
        let waiting = Task { try await lease(wait: .seconds(60)) }
        await clock.waitForSleepers()
        clock.advance(by: length)
        let given = try await waiting.value
        #expect(given.remaining == length)
    }

    @Test func aWaitingCallerGivesUpAtItsDeadline() async throws {
        let held = try await lease()
        let waiting = Task { try await acquire(wait: .seconds(5)) }
        await clock.waitForSleepers()
        clock.advance(by: .seconds(5))
        #expect(try await waiting.value.lease == nil)
        #expect(provider.waiterCount == 0)
        try await held.release()
        #expect(provider.residue == 0)
    }

    @Test func aCancelledCallerLeavesNoResidueAndLetsTheNextOnePass() async throws {
        let held = try await lease()
        let first = Task { try await acquire(LockKeys(["a", "b"]), wait: .seconds(60)) }
        await waitForWaiters(1)
        let second = Task { try await acquire(LockKeys("b"), wait: .seconds(60)) }
        await waitForWaiters(2)
        first.cancel()
        let error = await #expect(throws: LockError.self) { try await first.value }
        #expect(error?.code == .cancelled)
        let other = try #require(try await second.value.lease)
        try await other.release()
        try await held.release()
        #expect(provider.residue == 0)
    }

    @Test func cancellingWhileTheKeyIsHandedOverLosesNoKey() async throws {
        for _ in 1...300 {
            let held = try await lease()
            let waiting = Task { try await acquire(wait: .seconds(60)).lease }
            await waitForWaiters(1)
            async let release = held.release()
            waiting.cancel()
            _ = try await release
            if let lease = try? await waiting.value { try await lease.release() }
            #expect(provider.residue == 0)
        }
    }

    @Test func leasesOfManyKeysThatRunOutLeaveNothingBehind() async throws {
        for number in 1...10_000 { _ = try await acquire(LockKeys(FenceKey(stringLiteral: "key\(number)"))) }
        clock.advance(by: length)
        try await lease().release()
        #expect(provider.residue == 0)
    }

    @Test func callersWithKeysInOppositeOrdersAllComeToTheirEnd() async throws {
        let inside = Turns()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 1...16 {
                let keys = try LockKeys(caller.isMultiple(of: 2) ? ["a", "b", "c"] : ["c", "b", "a"])
                group.addTask {
                    for _ in 1...50 {
                        let lease = try await lease(keys, wait: .seconds(60))
                        inside.append(caller)
                        #expect(inside.all == [caller])
                        await Task.yield()
                        inside.removeAll()
                        try await lease.release()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(provider.residue == 0)
    }
}

/// Who had the key, in order.
private final class Turns: Sendable {
    private let state = Mutex<[Int]>([])

    var all: [Int] { state.withLock { $0 } }

    func append(_ caller: Int) {
        state.withLock { $0.append(caller) }
    }

    func removeAll() {
        state.withLock { $0.removeAll() }
    }
}
