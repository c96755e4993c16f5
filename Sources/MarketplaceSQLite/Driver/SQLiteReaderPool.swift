#if SQLite
import MarketplaceStorage
import Synchronization

/// The connections that read: each is lent to one task at a time, and whoever finds none waits in line.
final class SQLiteReaderPool: Sendable {
    /// The most tasks that wait for a connection: far more than any server has requests, yet an end.
    static let mostWaiting = 100_000

    private typealias Loan = Result<SQLiteConnection, StoreError>

    private struct State {
        var free: [SQLiteConnection]
        var nextTicket: UInt64 = 0
        /// The first ticket that may still wait.
        var firstTicket: UInt64 = 0
        var waiting: [UInt64: CheckedContinuation<Loan, Never>] = [:]
    }

    private let state: Mutex<State>

    init(_ connections: [SQLiteConnection]) {
        state = Mutex(State(free: connections))
    }

    /// Performs a read on one of the connections.
    func read<Value: Sendable>(
        _ body: @Sendable (SQLiteSession) throws(SQLiteFailure) -> Value
    ) async throws(StoreError) -> Value {
        let connection = try await borrow()
        let read = connection.interrupter.arm()
        let result = await withTaskCancellationHandler { () async -> Result<Value, SQLiteFailure> in
            do throws(SQLiteFailure) {
                return .success(try await connection.read(read, body))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            connection.interrupter.cancel(read)
        }
        giveBack(connection)
        switch result {
        case .success(let value): return value
        case .failure(let failure): throw .notApplied(failure.storeFailure)
        }
    }

    private func borrow() async throws(StoreError) -> SQLiteConnection {
        if let connection = state.withLock({ $0.free.popLast() }) { return connection }
        let ticket = state.withLock { state in
            defer { state.nextTicket += 1 }
            return state.nextTicket
        }
        return try await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Loan, Never>) in
                let loan: Loan? = state.withLock { state in
                    if let connection = state.free.popLast() { return .success(connection) }
                    if Task.isCancelled { return .failure(.notApplied(Self.cancelled)) }
                    guard state.waiting.count < Self.mostWaiting else {
                        return .failure(.notApplied(StoreFailure(.overloaded, "too many reads wait")))
                    }
                    state.waiting[ticket] = continuation
                    // Somebody with a later ticket may have been served in between.
                    state.firstTicket = min(state.firstTicket, ticket)
                    return nil
                }
                if let loan { continuation.resume(returning: loan) }
            }
        } onCancel: {
            let continuation = state.withLock { $0.waiting.removeValue(forKey: ticket) }
            continuation?.resume(returning: .failure(.notApplied(Self.cancelled)))
        }.get()
    }

    private func giveBack(_ connection: SQLiteConnection) {
        let next = state.withLock { state -> CheckedContinuation<Loan, Never>? in
            guard !state.waiting.isEmpty else {
                state.free.append(connection)
                return nil
            }
            // Those between were cancelled or never waited; each ticket is passed over once.
            while state.firstTicket < state.nextTicket {
                defer { state.firstTicket += 1 }
                if let next = state.waiting.removeValue(forKey: state.firstTicket) { return next }
            }
            state.free.append(connection)
            return nil
        }
        next?.resume(returning: .success(connection))
    }

    private static let cancelled = StoreFailure(.cancelled, "before the read was started")
}
#endif
