public import MarketplaceCore
public import MarketplaceStorage

/// What a participant of a choreography is built on: a store of its own, and the bus it shares with the others.
public struct ParticipantContext: Sendable {
    /// Where the participant keeps what it knows; nobody else needs to reach it.
    public var store: any Store
    /// What joins the participants.
    public var bus: any MessageBus
    /// How events are written and read, the same for all participants.
    public var codec: any PayloadCodec
    /// Where ids come from.
    public var identifiers: any IdentifierSource
    /// What wakes the relay; nil to poll as often as ``reading`` says.
    public var signal: (any ChangeSignal)?
    /// Batches, waits and retries of the consumer.
    public var consumption: MessageConsumption
    /// Batches, polling and retries of the relay.
    public var reading: FeedReading
    /// How long the ids of messages are kept.
    public var retention: Duration
    /// Where the jitter of retries comes from.
    public var randomness: any RandomSource
    /// The time that is recorded.
    public var wallClock: any WallClock
    /// Measures waits.
    public var clock: any Clock<Duration>
    /// Is told of every batch, every settlement and every failure.
    public var observer: any Observer

    /// Makes a context.
    ///
    /// - Parameters:
    ///   - store: Where the participant keeps what it knows.
    ///   - bus: What joins the participants.
    ///   - codec: How events are written and read.
    ///   - identifiers: Where ids come from.
    ///   - signal: What wakes the relay; nil to poll.
    ///   - consumption: Batches, waits and retries of the consumer.
    ///   - reading: Batches, polling and retries of the relay.
    ///   - retention: How long the ids of messages are kept: longer than the bus can hold one back.
    ///   - randomness: Where the jitter of retries comes from.
    ///   - wallClock: The time that is recorded.
    ///   - clock: Measures waits.
    ///   - observer: Is told of every batch, every settlement and every failure.
    public init(
        store: any Store,
        bus: any MessageBus,
        codec: any PayloadCodec,
        identifiers: any IdentifierSource,
        signal: (any ChangeSignal)? = nil,
        consumption: MessageConsumption = MessageConsumption(),
        reading: FeedReading = FeedReading(),
        retention: Duration = Inbox.defaultRetention,
        randomness: any RandomSource = SystemRandomSource(),
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = .continuous,
        observer: any Observer = .silent
    ) {
        self.store = store
        self.bus = bus
        self.codec = codec
        self.identifiers = identifiers
        self.signal = signal
        self.consumption = consumption
        self.reading = reading
        self.retention = retention
        self.randomness = randomness
        self.wallClock = wallClock
        self.clock = clock
        self.observer = observer
    }

    /// A repository in the participant's store.
    func repository<Root: Aggregate>() -> Repository<Root> {
        Repository(in: store, codec: codec, identifiers: identifiers)
    }
}
