#if LibPQ
import Synchronization

/// A connection while it is lent: worth nothing once it has come back.
final class LibPQLoan: PostgresSession {
    private struct State {
        var calls = 0
        var isOver = false
    }

    private let connection: LibPQConnection
    private let state = Mutex(State())

    init(_ connection: LibPQConnection) {
        self.connection = connection
    }

    func run(_ statements: [PostgresStatement]) async throws(PostgresFailure) -> [PostgresRows] {
        let isLent = state.withLock { state in
            if !state.isOver { state.calls += 1 }
            return !state.isOver
        }
        guard isLent else { throw PostgresFailure(.notConnected, "the session was given back") }
        defer { state.withLock { $0.calls -= 1 } }
        return try await connection.run(statements)
    }

    /// Ends the loan; false when a task that was left behind still uses the connection.
    func end() -> Bool {
        state.withLock { state in
            state.isOver = true
            return state.calls == 0
        }
    }
}
#endif
