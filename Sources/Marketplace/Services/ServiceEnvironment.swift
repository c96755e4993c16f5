public import MarketplaceCore
public import MarketplaceStorage

/// What every service of the marketplace is built from: where it keeps what it knows, and where time and ids come from.
///
/// ```swift
/// let environment = ServiceEnvironment(store: store, codec: .json, identifiers: identifiers)
/// let orders = Orders(in: environment)
/// ```
public struct ServiceEnvironment: Sendable {
    /// Where events, documents and counters are kept.
    public let store: any Store
    /// How what is stored is written and read.
    public let codec: any PayloadCodec
    /// Where ids come from.
    public let identifiers: any IdentifierSource
    /// The time that is recorded, and that periods of days are reckoned by.
    public let wallClock: any WallClock
    /// Is told what happens.
    public let observer: any Observer

    /// An environment of these parts.
    public init(
        store: any Store,
        codec: any PayloadCodec,
        identifiers: any IdentifierSource,
        wallClock: any WallClock = .system,
        observer: any Observer = .silent
    ) {
        self.store = store
        self.codec = codec
        self.identifiers = identifiers
        self.wallClock = wallClock
        self.observer = observer
    }

    /// The time now, as it is recorded.
    var now: Timestamp { wallClock.now }

    /// A repository of one kind of aggregate.
    func repository<Root: Aggregate>(of root: Root.Type = Root.self) -> Repository<Root> {
        Repository(of: root, in: store, codec: codec, identifiers: identifiers)
    }
}
