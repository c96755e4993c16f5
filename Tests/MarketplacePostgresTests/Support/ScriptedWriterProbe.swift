#if LibPQ
import MarketplaceTestKit
import Synchronization
@testable import MarketplacePostgres

/// Breaks batches as it is told to, holds them at a gate, and counts them.
final class ScriptedWriterProbe: PostgresWriterProbe {
    private struct State {
        var fault: StoreFault?
        var left = 0
        var fired = 0
        var requests = 0
        var isHit = false
        var commits = 0
    }

    private static let lost = PostgresFailure(.connectionLost, "injected")

    private let state = Mutex(State())
    private let gate: StoreGate?

    init(gate: StoreGate? = nil) {
        self.gate = gate
    }

    /// How many transactions of the server were committed.
    var commits: Int { state.withLock { $0.commits } }

    /// Asks for faults in place of all earlier ones, and returns how many of those came about.
    func inject(_ fault: StoreFault, _ count: Int) -> Int {
        state.withLock { state in
            defer { (state.fault, state.left, state.fired) = (count > 0 ? fault : nil, count, 0) }
            return state.fired
        }
    }

    func willBegin() throws(PostgresFailure) {
        let isRefused = state.withLock { state in
            state.requests = 0
            state.isHit = false
            return state.fault == .refuse && Self.fire(&state)
        }
        if isRefused { throw PostgresFailure(.notConnected, "injected") }
    }

    func willRun(_ statements: [PostgresStatement]) throws(PostgresFailure) {
        let isBroken = state.withLock { state in
            defer { state.requests += 1 }
            switch state.fault {
            case .loseRequest where statements == [PostgresWriter.commit]: return Self.fire(&state)
            case .interrupt(let count) where count == state.requests: return Self.fire(&state)
            default: return false
            }
        }
        if isBroken { throw Self.lost }
    }

    func holdCommit() async {
        await gate?.pass()
    }

    func didEnd() throws(PostgresFailure) {
        let isLost = state.withLock { state in
            state.commits += 1
            switch state.fault {
            case .loseAnswer: return Self.fire(&state)
            case .interrupt(let count) where count == state.requests: return Self.fire(&state)
            default: return false
            }
        }
        if isLost { throw Self.lost }
    }

    /// Uses one fault up, at most one for each batch.
    private static func fire(_ state: inout State) -> Bool {
        guard state.left > 0, !state.isHit else { return false }
        state.left -= 1
        state.fired += 1
        state.isHit = true
        return true
    }
}
#endif
