import Synchronization

/// The raw limit of leases in memory: a dictionary from the key to its holder under one lock, with nothing around it.
///
/// The clock is read once for each call: no lease can be given or taken back without knowing whether the last one has
/// run out.
final class RawLocks: Sendable {
    private struct Holding {
        let token: UInt64
        let deadline: ContinuousClock.Instant
    }

    private struct State {
        var holdings: [String: Holding] = [:]
        var lastToken: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Takes the key and returns the token; nil when somebody holds it.
    func acquire(_ key: String, lease: Duration) -> UInt64? {
        let now = ContinuousClock.now
        return state.withLock { state -> UInt64? in
            if let holding = state.holdings[key], holding.deadline > now { return nil }
            state.lastToken += 1
            state.holdings[key] = Holding(token: state.lastToken, deadline: now + lease)
            return state.lastToken
        }
    }

    /// Frees the key; false when that lease does not hold it any more.
    func release(_ key: String, token: UInt64) -> Bool {
        let now = ContinuousClock.now
        return state.withLock { state -> Bool in
            guard let holding = state.holdings[key], holding.token == token else { return false }
            state.holdings[key] = nil
            return holding.deadline > now
        }
    }
}
