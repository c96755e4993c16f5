public import MarketplaceCore

/// An aggregate as its recorded events make it.
public struct LoadedAggregate<Root: Aggregate>: Sendable {
    /// The state.
    public private(set) var root = Root()
    /// How many events made it.
    public private(set) var version = StreamVersion.none

    /// The recorded events with the command of each: what a repeated command recorded is looked up here.
    private var history: [(event: Root.Event, command: IdempotencyKey?, digest: ContentDigest.Value?)] = []

    init() {}

    /// Whether anything was recorded.
    public var exists: Bool { version > .none }

    mutating func apply(_ event: Root.Event, of recorded: RecordedEvent) {
        root.apply(event)
        version = recorded.version
        history.append((event, recorded.command, recorded.commandDigest))
    }

    mutating func apply(_ events: [Root.Event], key: IdempotencyKey) {
        for event in events { root.apply(event) }
        version = version.advanced(by: events.count)
    }

    /// Whether commands given with that key ask for what it was recorded for; true where nobody said for what.
    ///
    /// Asked for is what is asked of the aggregate as it is, and what `commands` asks of it as it was when the key was
    /// recorded: where the commands depend on the aggregate, these differ.
    func hasRecorded(_ asked: [Root.Command], under key: IdempotencyKey, _ commands: (Root) -> [Root.Command]) -> Bool {
        guard let first = history.firstIndex(where: { $0.command == key }), let digest = history[first].digest,
            digest != asked.contentDigest
        else { return true }
        return digest == commands(Root(replaying: history[..<first].lazy.map(\.event))).contentDigest
    }

    /// What a command with that key recorded; nil when there was none.
    func outcome(of key: IdempotencyKey) -> CommandOutcome<Root>? {
        guard let last = history.lastIndex(where: { $0.command == key }) else { return nil }
        return CommandOutcome(
            root: root,
            version: version.advanced(by: last + 1 - history.count),
            events: history.lazy.filter { $0.command == key }.map(\.event),
            isRepetition: true
        )
    }
}
