/// Sessions that can also be listened to: `LISTEN` and `NOTIFY`.
///
/// Without it a reader who waits for a change looks for one every ``PostgresStore/lookInterval``.
public protocol PostgresListening: PostgresSessions {
    /// Listens to a channel and calls `body` with the payload of each notification, until the task is cancelled or the
    /// connection is lost.
    ///
    /// `body` is called once with nil as soon as notifications can no longer be missed, and must return quickly.
    ///
    /// - Parameters:
    ///   - channel: The name of the channel; the driver quotes it.
    ///   - body: Called for the beginning and for each notification.
    /// - Throws: Why it ended, ``PostgresFailure/Code/cancelled`` when the task was cancelled.
    func listen(
        to channel: String,
        _ body: @Sendable (_ payload: String?) -> Void
    ) async throws(PostgresFailure) -> Never
}
