public import MarketplaceCore

/// What a command recorded.
public struct CommandOutcome<Root: Aggregate>: Sendable {
    /// The aggregate as it is now.
    public let root: Root
    /// The version of the stream after the command's events.
    public let version: StreamVersion
    /// The events the command recorded, now or when it was first given.
    public let events: [Root.Event]
    /// Whether the command was given before, so that nothing was changed this time.
    public let isRepetition: Bool
}
