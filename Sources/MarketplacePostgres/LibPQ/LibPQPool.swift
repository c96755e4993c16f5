#if LibPQ
import Synchronization

/// Connections to PostgreSQL over libpq.
public final class LibPQPool: PostgresSessions {
    private let configuration: LibPQConfiguration

    private struct State {
        var free: [LibPQConnection] = []
        var count = 0
        var waiting: [CheckedContinuation<LibPQConnection?, Never>] = []
    }
    private let state = Mutex(State())
    private let maximumConnections: Int

    public init(_ configuration: LibPQConfiguration, maximumConnections: Int = 8) {
        self.configuration = configuration
        self.maximumConnections = maximumConnections
    }

    public func withSession<Value: Sendable>(
        _ body: (any PostgresSession) async throws(PostgresFailure) -> Value
    ) async throws(PostgresFailure) -> Value {
        let connection = try await borrow()
        do throws(PostgresFailure) {
            let value = try await body(connection)
            await giveBack(connection)
            return value
        } catch {
            await giveBack(connection)
            throw error
        }
    }

    private func borrow() async throws(PostgresFailure) -> LibPQConnection {
        let loan: (LibPQConnection?, Bool) = state.withLock { state in
            if let free = state.free.popLast() { return (free, false) }
            guard state.count < maximumConnections else { return (nil, false) }
            state.count += 1
            return (nil, true)
        }
        if let connection = loan.0 { return connection }
        if !loan.1 {
            let handed: LibPQConnection? = await withCheckedContinuation { continuation in
                state.withLock { $0.waiting.append(continuation) }
            }
            if let handed { return handed }
        }
        do throws(PostgresFailure) {
            let connection = try LibPQConnection(configuration)
            try await connection.open()
            return connection
        } catch {
            pass(nil)
            throw error
        }
    }

    private func giveBack(_ connection: LibPQConnection) async {
        if connection.standing == .inTransaction { _ = try? await connection.run([PostgresStatement("rollback")]) }
        pass(connection.standing == .ready ? connection : nil)
    }

    private func pass(_ connection: LibPQConnection?) {
        let next = state.withLock { state -> CheckedContinuation<LibPQConnection?, Never>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            if let connection { state.free.append(connection) } else { state.count -= 1 }
            return nil
        }
        next?.resume(returning: connection)
    }
}
#endif
