import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// What leases guard in a law: notices two holders at once, lost updates, and tokens that do not rise.
final class GuardedResources: Sendable {
    private struct Resource {
        var isInUse = false
        var updates = 0
        var highest = FencingToken(0)
    }

    private let state = Mutex<[FenceKey: Resource]>([:])

    /// How often all of them were updated.
    var updates: Int { state.withLock { $0.values.reduce(0) { $0 + $1.updates } } }

    /// Reads each resource of a lease, lets others run, and writes it.
    func use(_ lease: Lease) async throws {
        var read: [FenceKey: Int] = [:]
        for key in lease.keys { read[key] = try enter(key, lease) }
        for _ in 0..<5 { await Task.yield() }
        for key in lease.keys {
            state.withLock { state in
                state[key]?.updates = (read[key] ?? 0) + 1
                state[key]?.isInUse = false
            }
        }
    }

    private func enter(_ key: FenceKey, _ lease: Lease) throws -> Int {
        let token = lease.tokens[key] ?? FencingToken(0)
        let (before, updates) = state.withLock { state in
            let before = state[key, default: Resource()]
            state[key, default: Resource()].isInUse = true
            state[key, default: Resource()].highest = max(before.highest, token)
            return (before, before.updates)
        }
        try LawBreach.unless(!before.isInUse, "one holder of \(key) at a time", found: "two at once")
        try LawBreach.unless(
            token > before.highest,
            "a token of \(key) above \(before.highest.value)",
            found: "\(token.value)"
        )
        return updates
    }
}
