public import MarketplaceStorage

/// A bus that nothing was published on yet, and what the laws of message buses need besides.
///
/// All time is on ``clock``, which stands still unless a law advances it.
///
/// ```swift
/// let clock = ManualClock()
/// let site = MessageBusSite(InMemoryMessageBus(clock: clock), store: InMemoryStore(), clock: clock)
/// ```
public struct MessageBusSite: Sendable {
    /// How long a waiting call may take to end, in real time, before a law calls it stuck: far more than any bus
    /// needs, so that a busy machine breaks no law.
    public static let defaultPatience = Duration.seconds(120)

    /// The clock of the site.
    public let clock: ManualClock
    let bus: any MessageBus
    let store: any Store
    let attention: Duration
    let patience: Duration

    /// Describes a bus.
    ///
    /// - Parameters:
    ///   - bus: The bus.
    ///   - store: An empty store, where the laws of consumers keep their inbox and the effects of messages.
    ///   - clock: The clock that the bus measures visibility, retries and waits on.
    ///   - attention: The most time on the clock that a waiting receiver takes to notice a message: zero for a bus
    ///     that wakes it, its longest pause for one that looks again and again.
    ///   - patience: How long a waiting call may take to end in real time.
    public init(
        _ bus: any MessageBus,
        store: any Store,
        clock: ManualClock,
        attention: Duration = .zero,
        patience: Duration = MessageBusSite.defaultPatience
    ) {
        self.bus = bus
        self.store = store
        self.clock = clock
        self.attention = attention
        self.patience = patience
    }
}
