public import MarketplaceCore
public import MarketplaceStorage

/// Ends overdue holds from time to time, so that nothing stays set aside because nobody asked for it.
///
/// Any number of sweepers may run on one inventory: a hold ends once.
public final class ReservationSweeper: Sendable {
    /// How long a sweeper pauses unless told otherwise: stock is back on sale at most so long after its deadline,
    /// and sooner when somebody wants it.
    public static let defaultInterval = Duration.seconds(1)
    /// How many holds one call ends, so that none takes long.
    private static let batchSize = 1_000

    private let inventory: any InventoryStore
    private let wallClock: any WallClock
    private let observer: any Observer
    private let onExpiry: @Sendable ([Reservation]) async -> Void
    private let rounds: RoundLoop

    /// A sweeper.
    ///
    /// - Parameters:
    ///   - inventory: Whose holds are ended.
    ///   - wallClock: Tells which deadlines have come.
    ///   - interval: The pause between two sweeps.
    ///   - clock: Measures the pause.
    ///   - observer: Is told of every sweep that ended holds or failed.
    ///   - onExpiry: Is told what a sweep has ended; not what a reservation ended that needed the units.
    public init(
        inventory: any InventoryStore,
        wallClock: any WallClock = .system,
        interval: Duration = ReservationSweeper.defaultInterval,
        clock: any Clock<Duration> = .continuous,
        observer: any Observer = .silent,
        onExpiry: @escaping @Sendable ([Reservation]) async -> Void = { _ in }
    ) {
        self.inventory = inventory
        self.wallClock = wallClock
        rounds = RoundLoop("the sweeper of reservations", interval: interval, clock: clock)
        self.observer = observer
        self.onExpiry = onExpiry
    }

    /// Sweeps from time to time, until drained or cancelled (then it returns).
    ///
    /// It can be run once; a second run is a mistake of the caller.
    ///
    /// - Throws: The error of the inventory when trying again will not help. Other failures are left to the next sweep.
    public func run() async throws(InventoryError) {
        try await rounds.run { () async throws(InventoryError) in
            try await sweep()
        } retrying: { error in
            observer.record(SweepFailed(error: error))
            return error.isRetriable
        }
    }

    /// Lets ``run()`` finish its sweep and return, and waits for that.
    public func drain() async {
        await rounds.drain()
    }

    /// Ends all holds that are due now, and returns how many there were.
    @discardableResult
    public func sweep() async throws(InventoryError) -> Int {
        let now = wallClock.now
        var count = 0
        while true {
            let expired = try await inventory.expire(dueBy: now, limit: Self.batchSize)
            count += expired.count
            if !expired.isEmpty {
                observer.record(HoldsExpired(count: expired.count))
                await onExpiry(expired)
            }
            if expired.count < Self.batchSize || Task.isCancelled { return count }
        }
    }
}
