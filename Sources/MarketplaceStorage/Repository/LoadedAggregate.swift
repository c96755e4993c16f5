public import MarketplaceCore

/// An aggregate as its recorded events make it.
public struct LoadedAggregate<Root: Aggregate>: Sendable {
    /// The state.
    public private(set) var root = Root()
    /// How many events made it.
    public private(set) var version = StreamVersion.none

    /// The recorded events.
    private var events: [Root.Event] = []
    /// What caused each of them: what a repeated command recorded is looked up here.
    private var causes: [EventCause] = []

    init() {}

    /// Whether anything was recorded.
    public var exists: Bool { version > .none }

    /// Takes in events that were recorded, each with its envelope at the same index.
    mutating func apply(_ page: [Root.Event], of recorded: [RecordedEvent]) {
        for event in page { root.apply(event) }
        events += page
        for envelope in recorded {
            causes.append(EventCause(command: envelope.command, digest: envelope.commandDigest))
        }
        version = recorded.last?.version ?? version
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
        guard let first = causes.firstIndex(where: { $0.command == key }), let digest = causes[first].digest,
            digest != asked.contentDigest
        else { return true }
        return digest == commands(Root(replaying: events[..<first])).contentDigest
    }

    /// What a command with that key recorded; nil when there was none.
    func outcome(of key: IdempotencyKey) -> CommandOutcome<Root>? {
        guard let last = causes.lastIndex(where: { $0.command == key }) else { return nil }
        return CommandOutcome(
            root: root,
            version: version.advanced(by: last + 1 - events.count),
            events: causes.indices.filter { causes[$0].command == key }.map { events[$0] },
            isRepetition: true
        )
    }
}

/// What caused a recorded event; generic in nothing, so that an array of them is searched without looking up types.
private struct EventCause {
    let command: IdempotencyKey?
    let digest: ContentDigest.Value?
}
