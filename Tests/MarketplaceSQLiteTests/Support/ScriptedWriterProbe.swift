#if SQLite
import CMarketplaceSQLite
import MarketplaceTestKit
import Synchronization
@testable import MarketplaceSQLite

/// Breaks batches as it is told to, holds them at a gate, and counts them.
final class ScriptedWriterProbe: SQLiteWriterProbe {
    private struct State {
        var fault: StoreFault?
        var left = 0
        var fired = 0
        var statements = 0
        var isHit = false
        var commits = 0
    }

    private let state = Mutex(State())
    private let gate: StoreGate?

    init(gate: StoreGate? = nil) {
        self.gate = gate
    }

    /// How many transactions of the database were committed.
    var commits: Int { state.withLock { $0.commits } }

    /// Asks for faults in place of all earlier ones, and returns how many of those came about.
    func inject(_ fault: StoreFault, _ count: Int) -> Int {
        state.withLock { state in
            defer { (state.fault, state.left, state.fired) = (count > 0 ? fault : nil, count, 0) }
            return state.fired
        }
    }

    func willBegin() throws(SQLiteFailure) {
        let isRefused = state.withLock { state in
            state.statements = 0
            state.isHit = false
            return state.fault == .refuse && Self.fire(&state)
        }
        if isRefused { throw SQLiteFailure(code: SQLITE_CANTOPEN, message: "injected") }
    }

    func willRun(_ query: SQLiteQuery) throws(SQLiteFailure) {
        let isBroken = state.withLock { state in
            defer { state.statements += 1 }
            switch state.fault {
            case .loseRequest where query == .commit: return Self.fire(&state)
            case .interrupt(let count) where count == state.statements: return Self.fire(&state)
            default: return false
            }
        }
        if isBroken { throw SQLiteFailure(code: SQLITE_IOERR, message: "injected") }
    }

    func didBind(_ statement: SQLiteStatement) throws(SQLiteFailure) {}

    func holdCommit() async {
        await gate?.pass()
    }

    func didCommit() throws(SQLiteFailure) {
        let isLost = state.withLock { state in
            state.commits += 1
            switch state.fault {
            case .loseAnswer: return Self.fire(&state)
            case .interrupt(let count) where count == state.statements: return Self.fire(&state)
            default: return false
            }
        }
        if isLost { throw SQLiteFailure(code: SQLITE_IOERR, message: "injected") }
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
