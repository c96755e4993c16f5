public import MarketplaceCore
import Synchronization

/// The subject of the names of relays.
public enum RelaySubject {}

/// Names one relay: its checkpoint is kept under it, so it is never renamed after a release.
public typealias RelayName = TextKey<RelaySubject>

/// Publishes recorded events on a bus: the event log is the outbox.
///
/// It reads the feed after its checkpoint, publishes, and moves the checkpoint when the bus has taken the messages.
/// So every event is published at least once. A crash between the two, and a second relay of the same name, publish
/// some of them again; **the first occurrence** of each message is always after the first occurrence of all earlier
/// ones, so behind an ``Inbox`` the order per key is kept and every message takes effect once.
public final class OutboxRelay: Sendable {
    private let name: RelayName
    private let store: any Store
    private let bus: any MessageBus
    private let topics: TopicMapping
    private let identifiers: any IdentifierSource
    private let wallClock: any WallClock
    private let follower: FeedFollower
    private let checkpoint = Mutex<FeedCheckpoint?>(nil)

    /// Makes a relay.
    ///
    /// - Parameters:
    ///   - name: The name its checkpoint is kept under.
    ///   - store: Where the events come from.
    ///   - bus: Where the messages go.
    ///   - topics: Which events are published, and on which topics.
    ///   - signal: What wakes ``run()``; `.polling(every:)` for stores that have no signal.
    ///   - identifiers: The source of transaction ids.
    ///   - wallClock: The time that transactions carry.
    ///   - clock: The monotonic clock that waits are measured on.
    ///   - randomness: Where the jitter of retries comes from.
    ///   - reading: Batch size, polling, retries.
    ///   - observer: Is told of every batch and every failure.
    public init(
        _ name: RelayName,
        store: any Store,
        bus: any MessageBus,
        topics: TopicMapping = .category,
        signal: any ChangeSignal,
        identifiers: any IdentifierSource,
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = ContinuousClock(),
        randomness: any RandomSource = SystemRandomSource(),
        reading: FeedReading = FeedReading(),
        observer: any Observer = .silent
    ) {
        self.name = name
        self.store = store
        self.bus = bus
        self.topics = topics
        self.identifiers = identifiers
        self.wallClock = wallClock
        follower = FeedFollower(
            reader: FeedReader(kind: "relay", name: name.text),
            control: RunControl("the relay \(name)"),
            signal: signal,
            reading: reading,
            timeline: MonotonicTimeline(clock),
            randomness: randomness,
            observer: observer
        )
    }

    /// Publishes events as they come, until drained or cancelled (then it returns).
    ///
    /// Failures of the store and the bus that pass are waited out, others are thrown. It can be run once; a second
    /// run is a mistake of the caller.
    public func run() async throws(OutboxRelayError) {
        try await follower.run(
            { () async throws(OutboxRelayError) in try await step() },
            waitingOut: { $0.isRetriable }
        )
    }

    /// Lets ``run()`` finish its batch and return, and waits for that.
    public func drain() async {
        await follower.control.drain()
    }

    /// Publishes all events there are, and returns how many messages that took.
    @discardableResult
    public func catchUp() async throws(OutboxRelayError) -> Int {
        try await follower.catchUp { () async throws(OutboxRelayError) in try await step() }
    }

    /// How far the relay is behind.
    public func lag() async throws(StoreError) -> FeedLag {
        let stored = try await FeedCheckpoint.load(key, from: store)
        return try await FeedLag.measure(after: stored.position, matching: topics.filter, in: store, at: wallClock.now)
    }

    private var key: DocumentKey { DocumentKey("$relays", name.retyped()) }

    private func step() async throws(OutboxRelayError) -> FeedFollower.Step {
        let (current, slice) = try await read()
        let messages = slice.events.compactMap(topics.message(for:))
        let moved = current.moved(to: slice.position)
        if !messages.isEmpty {
            do throws(MessageBusError) {
                try await bus.publish(messages)
            } catch {
                throw OutboxRelayError(relay: name, cause: .bus(error))
            }
        }
        if slice.events.isEmpty, slice.isCaughtUp {
            // Nothing was dealt with: a commit would only store how far an empty scan went.
            checkpoint.withLock { $0 = moved }
        } else {
            guard try await store(moved) else {
                return FeedFollower.Step(position: current.position, isCaughtUp: false, count: messages.count)
            }
        }
        return FeedFollower.Step(position: slice.position, isCaughtUp: slice.isCaughtUp, count: messages.count)
    }

    private func read() async throws(OutboxRelayError) -> (FeedCheckpoint, FeedSlice) {
        do throws(StoreError) {
            let current: FeedCheckpoint
            if let known = checkpoint.withLock({ $0 }) {
                current = known
            } else {
                current = try await FeedCheckpoint.load(key, from: store)
            }
            let slice = try await store.events(
                after: current.position,
                matching: topics.filter,
                limit: follower.reading.batchSize
            )
            return (current, slice)
        } catch {
            throw OutboxRelayError(relay: name, cause: .store(error))
        }
    }

    /// Stores the checkpoint; false, and a fresh look next time, when another relay of this name was faster.
    private func store(_ moved: FeedCheckpoint) async throws(OutboxRelayError) -> Bool {
        do throws(StoreError) {
            let transaction = Transaction(id: identifiers.next(), time: wallClock.now)
            let stored = try await moved.commit(with: transaction, to: store)
            checkpoint.withLock { $0 = stored }
            return stored != nil
        } catch {
            throw OutboxRelayError(relay: name, cause: .store(error))
        }
    }
}
