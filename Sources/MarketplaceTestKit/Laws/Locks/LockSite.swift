public import MarketplaceStorage

/// A place where locks are kept, nothing locked in it yet: what the laws of lock providers are checked on.
///
/// All time is on ``clock``, which stands still unless a law advances it.
///
/// ```swift
/// let store = makeEmptyStore()
/// let site = LockSite(attention: StoreLockProvider.defaultPoll) { clock in
///     StoreLockProvider(store: store, identifiers: identifiers, wallClock: clock.wall, clock: clock)
/// }
/// ```
public struct LockSite: Sendable {
    /// How long a waiting call may take to end, in real time, before a law calls it stuck: far more than any provider
    /// needs, so that a busy machine breaks no law.
    public static let defaultPatience = Duration.seconds(120)

    /// The clock of the site.
    public let clock: ManualClock
    let attention: Duration
    let patience: Duration
    let residue: (@Sendable () -> Int)?
    let waiting: (@Sendable () -> Int)?
    private let connecting: @Sendable (ManualClock) async throws -> any LockProvider
    private let restarting: @Sendable () async throws -> any LockProvider

    /// Describes a place.
    ///
    /// - Parameters:
    ///   - clock: The clock that the providers measure leases and waits on.
    ///   - attention: The most time on the clock that a waiting caller takes to notice a free key: zero for a provider
    ///     that is woken, its longest pause for one that looks again and again.
    ///   - patience: How long a waiting call may take to end in real time.
    ///   - residue: How much is kept for leases and for callers who wait, if the provider can tell.
    ///   - waiting: How many callers wait, for a provider that wakes them all by one sleeping task; nil for one whose
    ///     every waiting caller sleeps on the clock.
    ///   - restart: Makes a provider as it is after every process was started anew; nil when it is a new connection.
    ///   - connect: Makes a provider of these locks, as another process has it, that measures time on the clock it is
    ///     given. A provider that cannot leave its process returns the same one again and again.
    public init(
        clock: ManualClock = ManualClock(),
        attention: Duration = .zero,
        patience: Duration = LockSite.defaultPatience,
        residue: (@Sendable () -> Int)? = nil,
        waiting: (@Sendable () -> Int)? = nil,
        restart: (@Sendable () async throws -> any LockProvider)? = nil,
        connect: @escaping @Sendable (ManualClock) async throws -> any LockProvider
    ) {
        self.clock = clock
        self.attention = attention
        self.patience = patience
        self.residue = residue
        self.waiting = waiting
        connecting = connect
        restarting = restart ?? { try await connect(clock) }
    }

    /// A provider of these locks, as another process has it.
    func connect(on clock: ManualClock? = nil) async throws -> any LockProvider {
        try await connecting(clock ?? self.clock)
    }

    /// A provider of these locks after every process was started anew.
    func restart() async throws -> any LockProvider { try await restarting() }
}
