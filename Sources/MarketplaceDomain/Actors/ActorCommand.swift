public import MarketplaceCore

/// What is asked of an aggregate, by whom and when.
///
/// ```swift
/// try order.handle(ActorCommand(.confirm, by: .system, at: now))
/// ```
public struct ActorCommand<Action: Sendable & Hashable>: Sendable, Hashable {
    /// What is asked.
    public let action: Action
    /// Who asks.
    public let actor: CommandActor
    /// When, in wall-clock time.
    public let time: Timestamp

    /// Makes a command.
    public init(_ action: Action, by actor: CommandActor, at time: Timestamp) {
        self.action = action
        self.actor = actor
        self.time = time
    }
}

extension ActorCommand: RepeatableCommand where Action: ContentDigestible {
    /// Takes in what is asked; whoever asks is judged by the aggregate (``Aggregate/admit(_:)``).
    public func identify(in digest: inout ContentDigest) { action.combine(into: &digest) }
}
