import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// Gives leases of which one in so many is lost at once: the next one gets the keys, and the holder does not notice.
///
/// What a paused process sees when it goes on before its own clock has told it.
final class LosingLockProvider: LockProvider {
    private let base: any LockProvider
    private let odds: UInt64
    private let state: Mutex<(generator: SeededGenerator, lost: Int)>

    init(_ base: any LockProvider, oneIn odds: UInt64, seed: UInt64) {
        self.base = base
        self.odds = odds
        state = Mutex((SeededGenerator(seed: seed), 0))
    }

    /// How many leases were lost.
    var lostCount: Int { state.withLock { $0.lost } }

    func acquire(_ keys: LockKeys, lease: Duration, wait: Duration) async throws(LockError) -> LockOutcome {
        let outcome = try await base.acquire(keys, lease: lease, wait: wait)
        guard case .acquired(let given) = outcome else { return outcome }
        let isLost = state.withLock { state in
            let isLost = state.generator.next(through: odds - 1) == 0
            if isLost { state.lost += 1 }
            return isLost
        }
        guard isLost else { return outcome }
        let believed = Lease(
            tokens: given.tokens,
            length: lease,
            from: .zero,
            on: MonotonicTimeline(),
            keeper: NoKeeper()
        )
        _ = try await given.release()
        return .acquired(believed)
    }

    private struct NoKeeper: LeaseKeeper {
        func renew(for length: Duration) async throws(LockError) -> Bool { true }
        func release() async throws(LockError) -> LeaseReleaseOutcome { .notHeld }
    }
}
