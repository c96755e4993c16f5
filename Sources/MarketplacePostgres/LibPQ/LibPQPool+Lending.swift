#if LibPQ
import MarketplaceStorage
import Synchronization

extension LibPQPool {
    private typealias Grant = LibPQGrant<LibPQConnection>

    /// Gives a connection that works, as far as anybody can know.
    func borrow() async throws(PostgresFailure) -> LibPQPooled<LibPQConnection> {
        switch await grant() {
        case .use(let pooled):
            if await isUsable(pooled) { return pooled }
            // The right to its place is kept.
            await pooled.connection.close()
            return try await open()
        case .open: return try await open()
        case .refuse(let failure): throw failure
        }
    }

    /// Takes a connection back.
    func giveBack(_ pooled: LibPQPooled<LibPQConnection>, isQuiet: Bool) async {
        let connection = pooled.connection
        if isQuiet && connection.standing == .inTransaction {
            // It is awaited even when the task was cancelled, for a transaction is open; what became of it is noted.
            _ = try? await connection.run([PostgresStatement("rollback")])
        }
        let isKept = isQuiet && connection.standing == .ready
        let services = state.withLock { state -> [LibPQPoolState<LibPQConnection, Waiter>.Service]? in
            let now = timeline.now
            return isKept && state.keeps(pooled, at: now) ? state.cameBack(pooled, at: now) : nil
        }
        if let services {
            serve(services)
        } else {
            await connection.close()
            serve(state.withLock { $0.wentAway(at: timeline.now) })
        }
    }

    /// Hands over what was decided, outside of the lock.
    func serve(_ services: [LibPQPoolState<LibPQConnection, Waiter>.Service]) {
        for service in services { service.waiter.resume(returning: service.grant) }
    }

    private func grant() async -> LibPQGrant<LibPQConnection> {
        if let grant = state.withLock({ $0.ask(at: timeline.now) }) { return grant }
        let ticket = state.withLock { $0.drawTicket() }
        var timeOut: DeadlineTimer.Token?
        defer { if let timeOut { timer.cancel(timeOut) } }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: Waiter) in
                let grant: Grant? = state.withLock { state in
                    if Task.isCancelled { return .refuse(LibPQCall.cancelledFailure) }
                    return state.wait(ticket, continuation, at: timeline.now)
                }
                if let grant {
                    continuation.resume(returning: grant)
                } else {
                    timeOut = timer.schedule(after: limits.waitTimeOut) { [weak self] in
                        self?.dismiss(ticket, PostgresFailure(.overloaded, "no connection became free in time"))
                    }
                }
            }
        } onCancel: {
            dismiss(ticket, LibPQCall.cancelledFailure)
        }
    }

    private func dismiss(_ ticket: UInt64, _ failure: PostgresFailure) {
        state.withLock { $0.leave(ticket) }?.resume(returning: .refuse(failure))
    }

    private func open() async throws(PostgresFailure) -> LibPQPooled<LibPQConnection> {
        do throws(PostgresFailure) {
            let connection = try LibPQConnection(configuration)
            try await connection.open()
            let now = timeline.now
            serve(state.withLock { $0.opened(at: now) })
            return LibPQPooled(connection: connection, openedAt: now, idleSince: now)
        } catch {
            serve(state.withLock { $0.openingFailed(error, at: timeline.now) })
            throw error
        }
    }

    /// Whether a connection that nobody used for a while still works.
    private func isUsable(_ pooled: LibPQPooled<LibPQConnection>) async -> Bool {
        let now = timeline.now
        guard state.withLock({ $0.keeps(pooled, at: now) }) else { return false }
        if now - pooled.idleSince < limits.idleCheck && pooled.connection.isSilent { return true }
        return await pooled.connection.answers()
    }
}
#endif
