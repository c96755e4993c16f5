#if LibPQ
import CMarketplaceLibPQ

extension LibPQSession {
    /// How long a server that was asked to end a statement may take to do it, before its connection is dropped: it is
    /// done in milliseconds, and whoever was cancelled should not wait for one that hangs.
    static let cancellationLimit = Duration.seconds(5)

    /// What a commit ends with that committed nothing: "transaction_rollback".
    private static let rolledBack = PostgresFailure(
        PostgresFailure.Code("40000"),
        "the transaction had failed before, and was rolled back instead of committed"
    )

    /// What was answered to a pipeline so far.
    private struct Answers {
        let sent: [Sent]
        var next = 0
        var rows: [PostgresRows] = []
        var failure: PostgresFailure?
        var isComplete = false
    }

    /// Sends what is left of a pipeline, and reads its answers.
    ///
    /// - Parameters:
    ///   - sent: What the pipeline consists of.
    ///   - deadline: When the connection is dropped if not all was answered.
    ///   - call: The call, when it may be interrupted.
    /// - Returns: The rows of each statement.
    /// - Throws: The failure of the first statement that failed, or what became of the connection.
    func exchange(
        _ sent: [Sent],
        until deadline: ContinuousClock.Instant,
        _ call: LibPQCall?
    ) throws(PostgresFailure) -> [PostgresRows] {
        var answers = Answers(sent: sent)
        answers.rows.reserveCapacity(sent.count)
        var deadline = deadline
        var cancellation: LibPQCancellation?
        while true {
            let isFlushed = handle.flush()
            try take(&answers)
            if answers.isComplete && cancellation?.isSent != false { break }
            let rest = ContinuousClock.now.duration(to: deadline)
            guard rest > .zero else {
                guard answers.isComplete else { throw giveUp(wasCancelled: cancellation != nil) }
                // Everything was answered, but the request to cancel it may yet hit what comes next.
                isBroken = true
                break
            }
            let readiness = LibPQSocket.wait(
                handle.descriptor,
                waker,
                toRead: true,
                toWrite: !isFlushed,
                limit: rest
            )
            if readiness.isWoken { waker.drain() }
            if let call, call.isCancelled, cancellation == nil {
                cancellation = LibPQCancellation(handle, waker)
                cancellation?.send()
                deadline = min(deadline, .after(Self.cancellationLimit))
            }
            // The last words of the server may have come all the same.
            if readiness.isReadable && !handle.consumeInput() {
                guard answers.isComplete else { throw lostWhileReading(&answers) }
                isBroken = true
                break
            }
        }
        guard let failure = answers.failure else { return answers.rows }
        // "query_canceled", which may also be of the server's own making.
        throw cancellation != nil && failure.code.text == "57014" ? LibPQCall.cancelledFailure : failure
    }

    /// Takes all answers that are there.
    private func take(_ answers: inout Answers) throws(PostgresFailure) {
        // A null comes behind the answer to each statement; two in a row mean that nothing more is expected.
        var wasNothing = false
        while !answers.isComplete && !handle.isBusy {
            guard let result = handle.nextResult() else {
                guard !wasNothing else { throw lostWhileReading(&answers) }
                wasNothing = true
                continue
            }
            wasNothing = false
            try take(result, &answers)
        }
    }

    private func take(_ result: LibPQResult, _ answers: inout Answers) throws(PostgresFailure) {
        let status = result.status
        if status == PGRES_PIPELINE_SYNC {
            answers.isComplete = true
            return
        }
        let current = answers.next < answers.sent.count ? answers.sent[answers.next] : nil
        answers.next += 1
        switch (status, current) {
        case (PGRES_PIPELINE_ABORTED, _): break
        case (PGRES_COMMAND_OK, .preparation(let name, let statement)): prepared[name] = statement
        case (PGRES_COMMAND_OK, .statement(let statement, _)) where result.isOfRollback && statement.commits:
            // The server does not call it a failure to commit a transaction that has failed.
            if answers.failure == nil { answers.failure = Self.rolledBack }
        case (PGRES_COMMAND_OK, .statement), (PGRES_TUPLES_OK, .statement), (PGRES_EMPTY_QUERY, .statement):
            answers.rows.append(result.rows)
        case (PGRES_FATAL_ERROR, _):
            // Behind the last statement, it is the end of the transaction around the pipeline that failed.
            let failure = result.failure
            if answers.failure == nil {
                answers.failure = failure
                forget(current, after: failure)
            }
            if !handle.isAlive { throw lostWhileReading(&answers) }
        default:
            isBroken = true
            throw PostgresFailure(.unreadable, "the server answered with what is neither rows nor a failure")
        }
    }

    /// Forgets a prepared statement that the server no longer has, or whose result now has other columns.
    private func forget(_ sent: Sent?, after failure: PostgresFailure) {
        guard case .statement(_, let name?) = sent else { return }
        // "feature_not_supported", as in "cached plan must not change result type", and "invalid_sql_statement_name".
        guard failure.code.text == "0A000" || failure.code.text == "26000" else { return }
        prepared[name] = nil
        isWorn = true
    }

    /// Why a connection was lost: the server's own words where it had any.
    private func lostWhileReading(_ answers: inout Answers) -> PostgresFailure {
        isBroken = true
        // The library gives what it has read so far, then its own reason.
        while !(handle.isAlive && handle.isBusy), let result = handle.nextResult() {
            if result.status == PGRES_FATAL_ERROR && answers.failure == nil { answers.failure = result.failure }
        }
        if let failure = answers.failure, !failure.isOfServer, failure.code != .connectionLost { return failure }
        return lost()
    }

    /// Gives a call up, and with it the connection, on which answers may still come.
    private func giveUp(wasCancelled: Bool) -> PostgresFailure {
        isBroken = true
        guard !wasCancelled else { return LibPQCall.cancelledFailure }
        // The server would go on, and hold its locks, until it had something to say.
        LibPQCancellation(handle, waker)?.send()
        return PostgresFailure(.timedOut, "the server did not answer in time")
    }
}
#endif
