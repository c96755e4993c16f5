import MarketplaceCore
import MarketplaceStorage

/// Locks for an inventory that nobody else works on: every lease is given at once.
final class SoleHolderLocks: LockProvider {
    private struct Keeper: LeaseKeeper {
        func renew(for length: Duration) async throws(LockError) -> Bool { true }
        func release() async throws(LockError) -> LeaseReleaseOutcome { .released }
    }

    private let timeline = MonotonicTimeline(ManualClock())
    private let tokens = RisingTokens()

    func acquire(_ keys: LockKeys, lease: Duration, wait: Duration) async throws(LockError) -> LockOutcome {
        let token = tokens.next()
        let tokens = keys.sorted.reduce(into: [FenceKey: FencingToken]()) { $0[$1] = token }
        return .acquired(Lease(tokens: tokens, length: lease, from: timeline.now, on: timeline, keeper: Keeper()))
    }
}
