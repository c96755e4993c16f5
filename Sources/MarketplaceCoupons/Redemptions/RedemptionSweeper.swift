public import MarketplaceCore
public import MarketplaceStorage

/// Ends overdue holds of limits and coupons from time to time, so that none stays set aside because nobody asked.
///
/// Any number of sweepers may run on one store: a hold ends once.
public final class RedemptionSweeper: Sendable {
    /// How long a sweeper pauses unless told otherwise: what an abandoned order held is back at most so long after its
    /// deadline, and sooner when somebody wants it.
    public static let defaultInterval = Duration.seconds(1)
    /// How many holds one call ends, so that none takes long.
    private static let batchSize = CouponLimits.pageSize

    private let redemptions: CouponRedemptions
    private let wallClock: any WallClock
    private let observer: any Observer
    private let onExpiry: @Sendable ([Redemption]) async -> Void
    private let rounds: RoundLoop

    /// A sweeper.
    ///
    /// - Parameters:
    ///   - redemptions: Whose holds are ended.
    ///   - wallClock: Tells which deadlines have come.
    ///   - interval: The pause between two sweeps.
    ///   - clock: Measures the pause.
    ///   - observer: Is told of every sweep that ended holds or failed.
    ///   - onExpiry: Is told what a sweep has ended, as it was held; not what a hold ended that needed it.
    public init(
        redemptions: CouponRedemptions,
        wallClock: any WallClock = .system,
        interval: Duration = RedemptionSweeper.defaultInterval,
        clock: any Clock<Duration> = .continuous,
        observer: any Observer = .silent,
        onExpiry: @escaping @Sendable ([Redemption]) async -> Void = { _ in }
    ) {
        self.redemptions = redemptions
        self.wallClock = wallClock
        rounds = RoundLoop("the sweeper of redemptions", interval: interval, clock: clock)
        self.observer = observer
        self.onExpiry = onExpiry
    }

    /// Sweeps from time to time, until drained or cancelled (then it returns).
    ///
    /// It can be run once; a second run is a mistake of the caller.
    ///
    /// - Throws: The error of the store when trying again will not help. Other failures are left to the next sweep.
    public func run() async throws(CouponError) {
        try await rounds.run { () async throws(CouponError) in
            try await sweep()
        } retrying: { error in
            observer.record(RedemptionSweepFailed(error: error))
            return error.isRetriable
        }
    }

    /// Lets ``run()`` finish its sweep and return, and waits for that.
    public func drain() async {
        await rounds.drain()
    }

    /// Ends all holds that are due now, and returns how many there were.
    @discardableResult
    public func sweep() async throws(CouponError) -> Int {
        let now = wallClock.now
        var count = 0
        while true {
            let expired = try await redemptions.expire(dueBy: now, limit: Self.batchSize)
            count += expired.count
            if !expired.isEmpty {
                observer.record(RedemptionsExpired(count: expired.count))
                await onExpiry(expired)
            }
            if expired.count < Self.batchSize || Task.isCancelled { return count }
        }
    }
}
