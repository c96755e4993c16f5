#if LibPQ
/// A connection with its prepared statements, as the actor that owns it uses it.
final class LibPQSession {
    /// A statement that the server has prepared.
    struct Prepared {
        /// The name at the server, which is short.
        let name: String
        let sql: String
        let types: [PostgresType]
    }

    let handle: LibPQHandle
    let waker: LibPQWaker
    /// By the caller's names.
    var prepared: [String: Prepared] = [:]
    /// How many were ever prepared: names are not used again.
    var preparedCount = 0
    let arguments = LibPQArguments()
    /// Whether the connection can no longer be used.
    var isBroken = false
    /// Whether the server keeps a statement that nobody will use again, so that the connection had better be replaced.
    var isWorn = false

    init(_ handle: LibPQHandle, _ waker: LibPQWaker) {
        self.handle = handle
        self.waker = waker
    }

    /// What the connection is good for.
    var standing: LibPQStanding {
        if isBroken || !handle.isAlive { return .broken }
        guard handle.isOutsideOfTransactions else { return .inTransaction }
        return isWorn ? .worn : .ready
    }

    /// Runs statements as one pipeline.
    func run(
        _ statements: [PostgresStatement],
        until deadline: ContinuousClock.Instant,
        _ call: LibPQCall
    ) throws(PostgresFailure) -> [PostgresRows] {
        guard !statements.isEmpty else { return [] }
        let isInterruptible = handle.isOutsideOfTransactions && !statements.contains(where: \.controlsTransactions)
        if isInterruptible && call.isCancelled { throw LibPQCall.cancelledFailure }
        for statement in statements { try check(statement) }
        return try exchange(try send(statements), until: deadline, isInterruptible ? call : nil)
    }

    /// Asks the server for a sign of life.
    func ping(until deadline: ContinuousClock.Instant, _ call: LibPQCall) throws(PostgresFailure) {
        guard handle.sync() else { throw lost() }
        _ = try exchange([], until: deadline, call)
    }

    /// Notes that the connection cannot be used any more.
    func lost() -> PostgresFailure {
        isBroken = true
        return PostgresFailure(.connectionLost, handle.message)
    }
}

/// What a connection that comes back is good for.
enum LibPQStanding: UInt8 {
    /// For the next.
    case ready
    /// For the next as soon as its transaction was rolled back.
    case inTransaction
    /// For nobody, though it works.
    case worn
    /// For nothing.
    case broken
}
#endif
