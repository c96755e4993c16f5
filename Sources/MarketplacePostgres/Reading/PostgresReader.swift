import Synchronization

/// Short reads: those that arrive while as many run as may share the next pipeline, and with it one way to the server and
/// back.
///
/// Each sees everything that was committed before it was asked for, because its statement is sent later.
final class PostgresReader: Sendable {
    /// How many sessions are used at once: as many as keep a server busy, and half of a usual pool.
    static let mostSessions = 4
    /// The most reads that share a pipeline; a bound for how long the first of them waits.
    static let mostTogether = 128

    private struct Ticket {
        let statement: PostgresStatement
        let continuation: CheckedContinuation<Result<PostgresRows, PostgresFailure>, Never>
    }

    private struct State {
        var sessions = 0
        var nextTicket: UInt64 = 0
        var firstTicket: UInt64 = 0
        var waiting: [UInt64: Ticket] = [:]

        /// The reads of the next pipeline; none when nobody waits, and then its session is free.
        mutating func nextBatch() -> [Ticket] {
            var batch: [Ticket] = []
            while batch.count < PostgresReader.mostTogether, !waiting.isEmpty, firstTicket < nextTicket {
                if let ticket = waiting.removeValue(forKey: firstTicket) { batch.append(ticket) }
                firstTicket += 1
            }
            if batch.isEmpty { sessions -= 1 }
            return batch
        }
    }

    private let sessions: any PostgresSessions
    private let state = Mutex(State())

    init(_ sessions: any PostgresSessions) {
        self.sessions = sessions
    }

    /// Runs a statement that only reads, and is short.
    func read(_ statement: PostgresStatement) async throws(PostgresFailure) -> PostgresRows {
        let isAlone = state.withLock { state in
            guard state.sessions < Self.mostSessions else { return false }
            state.sessions += 1
            return true
        }
        guard isAlone else { return try await wait(statement).get() }
        defer { goOn() }
        return try await run([statement], rows: 1)[0]
    }

    private func wait(_ statement: PostgresStatement) async -> Result<PostgresRows, PostgresFailure> {
        let number = state.withLock { state in
            defer { state.nextTicket += 1 }
            return state.nextTicket
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isCancelled = state.withLock { state in
                    guard !Task.isCancelled else { return true }
                    state.waiting[number] = Ticket(statement: statement, continuation: continuation)
                    // Somebody with a later number may have been taken in between.
                    state.firstTicket = min(state.firstTicket, number)
                    return false
                }
                if isCancelled { continuation.resume(returning: .failure(Self.cancelled)) }
                startIfIdle()
            }
        } onCancel: {
            // On its way already, it is short enough to be awaited.
            let ticket = state.withLock { $0.waiting.removeValue(forKey: number) }
            ticket?.continuation.resume(returning: .failure(Self.cancelled))
        }
    }

    /// The sessions may have become free between the question and the waiting.
    private func startIfIdle() {
        let isIdle = state.withLock { state in
            guard state.sessions < Self.mostSessions, !state.waiting.isEmpty else { return false }
            state.sessions += 1
            return true
        }
        if isIdle { goOn() }
    }

    /// Uses a session for whoever waits, or lets it go.
    private func goOn() {
        let batch = state.withLock { $0.nextBatch() }
        guard !batch.isEmpty else { return }
        // Detached, for it serves everybody and not only who happened to begin it.
        Task.detached { await self.drain(batch) }
    }

    private func drain(_ first: [Ticket]) async {
        var batch = first
        while !batch.isEmpty {
            await serve(batch)
            batch = state.withLock { $0.nextBatch() }
        }
    }

    private func serve(_ batch: [Ticket]) async {
        do throws(PostgresFailure) {
            let rows = try await run(batch.map(\.statement), rows: batch.count)
            for (ticket, rows) in zip(batch, rows) { ticket.continuation.resume(returning: .success(rows)) }
        } catch {
            guard error.isOfServer, batch.count > 1 else {
                for ticket in batch { ticket.continuation.resume(returning: .failure(error)) }
                return
            }
            // Whoever spoils it spoils it for itself alone.
            for ticket in batch { await serve([ticket]) }
        }
    }

    private func run(_ statements: [PostgresStatement], rows count: Int) async throws(PostgresFailure) -> [PostgresRows]
    {
        let rows = try await sessions.withSession { session throws(PostgresFailure) in
            try await session.run(statements)
        }
        guard rows.count == count else { throw PostgresFailure(.unreadable, "no answer to a statement") }
        return rows
    }

    private static let cancelled = PostgresFailure(.cancelled, "the task was cancelled")
}
