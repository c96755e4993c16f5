/// Where sessions come from: a pool of connections.
///
/// All sessions lead to one database, as one role, with the same settings.
public protocol PostgresSessions: Sendable {
    /// Lends a session to `body`, and to nobody else meanwhile.
    ///
    /// A session that comes back with a transaction still open, or broken, must not be lent again as it is.
    ///
    /// - Throws: What `body` throws; ``PostgresFailure/Code/notConnected`` or ``PostgresFailure/Code/overloaded`` when
    ///   there is no session to be had, in which case `body` was not called.
    func withSession<Value: Sendable>(
        _ body: (any PostgresSession) async throws(PostgresFailure) -> Value
    ) async throws(PostgresFailure) -> Value

    /// Whether the statements of a call outside of a transaction are one transaction of their own, all or nothing, as
    /// those of a pipeline of the protocol are; false when each may be one.
    ///
    /// Where it is true, commits do without statements that begin and end them: then a call returns once its transaction
    /// was committed, and one that fails or is interrupted has undone all of it.
    var callsAreTransactions: Bool { get }

    /// Makes an executor for a task that does little but use one session at a time, and changes no thread for a call;
    /// nil for anywhere.
    func makeTaskExecutor() -> (any TaskExecutor)?
}

extension PostgresSessions {
    /// Each statement may be one.
    public var callsAreTransactions: Bool { false }

    /// Anywhere.
    public func makeTaskExecutor() -> (any TaskExecutor)? { nil }
}
