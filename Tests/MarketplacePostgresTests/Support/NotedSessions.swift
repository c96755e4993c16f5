#if LibPQ
import MarketplaceStorage
import Synchronization
@testable import MarketplacePostgres

/// Sessions with nothing behind them, which note what they are told to run.
final class NotedSessions: PostgresSessions, PostgresSession {
    let calls = Mutex<[[PostgresStatement]]>([])
    /// What calls fail with; nil for nothing.
    let failure = Mutex<PostgresFailure?>(nil)

    /// The statements that notify, in order.
    var told: [PostgresStatement] {
        let name = PostgresFeedNotifier.statement([]).name
        return calls.withLock { $0 }.flatMap { $0 }.filter { $0.name == name }
    }

    func withSession<Value: Sendable>(
        _ body: (any PostgresSession) async throws(PostgresFailure) -> Value
    ) async throws(PostgresFailure) -> Value {
        try await body(self)
    }

    func run(_ statements: [PostgresStatement]) async throws(PostgresFailure) -> [PostgresRows] {
        if let failure = failure.withLock({ $0 }) { throw failure }
        calls.withLock { $0.append(statements) }
        return statements.map { _ in PostgresRows() }
    }
}
#endif
