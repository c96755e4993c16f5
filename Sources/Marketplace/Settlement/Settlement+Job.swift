import MarketplaceCore
import MarketplaceDomain
public import MarketplaceStorage

extension Settlement {
    /// How many missed days a run catches up with unless told otherwise: a year.
    public static let defaultCatchUp = 366

    /// The daily run: settles the day that ends when it is due, and sends what was begun.
    ///
    /// Give it to a ``JobScheduler`` on every server. A run that is made again, or by two servers at once, changes
    /// nothing; days on which no server was up are caught up with, each as a period of its own. When others were in the way
    /// of a seller or a payout, the run fails at its end and is made again; what is refused for good is told to the
    /// observer (``SettlementFailed``).
    ///
    /// - Parameters:
    ///   - timeOfDay: When, since midnight.
    ///   - utcOffset: By how much the local time is ahead of UTC.
    ///   - catchUp: How many missed days are caught up with.
    /// - Returns: The job, named `settlement`.
    /// - Throws: ``JobError/Code/invalid`` when a figure is out of its range.
    public func dailyJob(
        at timeOfDay: Duration = .zero,
        utcOffset: Duration = .zero,
        catchUp: Int = Settlement.defaultCatchUp
    ) throws(JobError) -> ScheduledJob {
        try ScheduledJob(
            "settlement",
            .daily(at: timeOfDay, utcOffset: utcOffset),
            missedRuns: .catchUp(limit: catchUp)
        ) { run in
            let runs = try await settle(SettlementPeriod(endingAt: run.due), by: .system)
            let sending = try await sendPayouts(by: .system)
            // What may succeed when it is tried again is: what was done stays done.
            let failures = runs.compactMap(\.failure) + sending.failures.values
            if let failure = failures.first(where: \.isRetriable) { throw failure }
        }
    }
}
