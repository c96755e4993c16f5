/// Tells readers of a feed that there may be something new, so that they need not poll.
///
/// A signal is a hint: it may come for nothing, and a reader that gets none looks again after its own bounded time.
public protocol ChangeSignal: Sendable {
    /// Returns as soon as the feed may have events after `position`, at the latest after about `limit`; at once when
    /// the task is cancelled.
    func waitForChange(after position: FeedPosition, atMost limit: Duration) async
}
