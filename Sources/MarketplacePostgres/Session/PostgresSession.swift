/// One connection to PostgreSQL, as the store uses it: the whole of what a driver has to offer.
///
/// A team that owns a pool of another driver conforms its connection to this in a few lines, and its pool to
/// ``PostgresSessions``. The bundled driver over libpq stands behind the trait `LibPQ`.
///
/// Transactions of several calls are begun and ended by statements of their own (`begin`, `commit`). Whether the
/// statements of a call outside of one are one transaction, as in a pipeline, or one each, is the driver's affair:
/// ``PostgresSessions/callsAreTransactions`` tells.
public protocol PostgresSession: Sendable {
    /// Runs statements in order and returns the rows of each.
    ///
    /// A driver that can sends all of them at once (the pipeline of the protocol) and only then waits; one that cannot
    /// runs one after the other. The first statement that fails ends the call: those behind it are not run, and a
    /// transaction that is open stays open, as failed, until it is rolled back.
    ///
    /// When the calling task is cancelled, statements that only read may be ended early, with
    /// ``PostgresFailure/Code/cancelled``.
    ///
    /// - Throws: The server's refusal with its SQLSTATE, or what became of the connection. After a failure whose
    ///   ``PostgresFailure/isOfServer`` is false, the session is of no more use.
    func run(_ statements: [PostgresStatement]) async throws(PostgresFailure) -> [PostgresRows]
}

extension PostgresSession {
    /// Runs one statement and returns its rows.
    public func run(_ statement: PostgresStatement) async throws(PostgresFailure) -> PostgresRows {
        guard let rows = try await run([statement]).first else {
            throw PostgresFailure(.unreadable, "the driver gave no answer to a statement")
        }
        return rows
    }
}
