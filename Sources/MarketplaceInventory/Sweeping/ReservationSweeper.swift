public import MarketplaceCore
import Synchronization

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
    private let interval: Duration
    private let clock: any Clock<Duration>
    private let onExpiry: @Sendable ([Reservation]) async -> Void
    private let hasStarted = Atomic<Bool>(false)

    /// A sweeper.
    ///
    /// - Parameters:
    ///   - inventory: Whose holds are ended.
    ///   - wallClock: Tells which deadlines have come.
    ///   - interval: The pause between two sweeps.
    ///   - clock: Measures the pause.
    ///   - onExpiry: Is told what a sweep has ended; not what a reservation ended that needed the units.
    public init(
        inventory: any InventoryStore,
        wallClock: any WallClock,
        interval: Duration = ReservationSweeper.defaultInterval,
        clock: any Clock<Duration> = .continuous,
        onExpiry: @escaping @Sendable ([Reservation]) async -> Void = { _ in }
    ) {
        self.inventory = inventory
        self.wallClock = wallClock
        self.interval = interval
        self.clock = clock
        self.onExpiry = onExpiry
    }

    /// Sweeps until the task is cancelled; to be called once.
    ///
    /// - Throws: `CancellationError` when the task is cancelled; the error of the inventory when trying again will not
    ///   help. Other failures are left to the next sweep.
    public func run() async throws {
        let isFirst = hasStarted.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged
        precondition(isFirst, "a sweeper runs once")
        while true {
            try Task.checkCancellation()
            if let error = await failedSweep(), !error.isRetriable { throw error }
            try await clock.sleep(for: interval)
        }
    }

    /// Sweeps once; the error, if it failed.
    private func failedSweep() async -> InventoryError? {
        do throws(InventoryError) {
            try await sweep()
            return nil
        } catch {
            return error
        }
    }

    /// Ends all holds that are due now, and returns how many there were.
    @discardableResult
    public func sweep() async throws(InventoryError) -> Int {
        let now = wallClock.now
        var count = 0
        while true {
            let expired = try await inventory.expire(dueBy: now, limit: Self.batchSize)
            count += expired.count
            if !expired.isEmpty { await onExpiry(expired) }
            if expired.count < Self.batchSize || Task.isCancelled { return count }
        }
    }
}
