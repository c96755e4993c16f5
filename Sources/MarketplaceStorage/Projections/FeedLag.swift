public import MarketplaceCore

/// How far a reader of the feed is behind: for readiness checks and dashboards.
public struct FeedLag: Hashable, Sendable {
    /// How many events wait, counted up to ``FeedLag/countLimit``.
    public let pendingEvents: Int
    /// Whether ``pendingEvents`` is all of them.
    public let isExact: Bool
    /// The time of the oldest event that waits.
    public let oldestPending: Timestamp?
    /// How long that event has been waiting; zero when none waits.
    public let age: Duration

    /// The most events that are counted, so that asking stays cheap however far behind the reader is.
    public static let countLimit = 1_000

    /// Whether nothing waits.
    public var isCaughtUp: Bool { pendingEvents == 0 }

    static func measure(
        after position: FeedPosition,
        matching filter: EventFilter,
        in store: any Store,
        at now: Timestamp
    ) async throws(StoreError) -> FeedLag {
        var slice = try await store.events(after: position, matching: filter, limit: countLimit)
        // A page may end before the limit only because the scan paused among events that do not match.
        while slice.events.isEmpty, !slice.isCaughtUp {
            slice = try await store.events(after: slice.position, matching: filter, limit: countLimit)
        }
        let oldest = slice.events.first?.time
        return FeedLag(
            pendingEvents: slice.events.count,
            isExact: slice.isCaughtUp,
            oldestPending: oldest,
            age: max(oldest?.duration(to: now) ?? .zero, .zero)
        )
    }
}
