import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import TestSupport

/// What the work of a job saw of its runs, over all servers.
struct SeenRun: Hashable, Sendable {
    let server: Int
    /// Minutes since the test began.
    let minute: Int64
    let attempt: Int
}

extension World {
    /// The scheduler of one server, with a lock provider of its own, as another process has it.
    func server(
        _ jobs: ScheduledJob...,
        on store: (any Store)? = nil,
        locks: (any LockProvider)? = nil,
        observer: any Observer = .silent
    ) -> JobScheduler {
        JobScheduler(
            jobs,
            store: store ?? self.store,
            locks: locks,
            identifiers: identifiers,
            wallClock: clock.wall,
            clock: clock,
            poll: .seconds(5),
            randomness: SeededRandomSource(seed: 1),
            observer: observer
        )
    }

    /// The history of the job `job`, the first run first: minute, attempt and outcome of each.
    func history(of job: JobName = "job") async throws -> [String] {
        try await JobHistory(store: base).latest(of: job, limit: 1_000).reversed().map { run in
            "\(Self.minute(of: run.due))/\(run.attempt) \(run.end.map { "\($0.outcome)" } ?? "open")"
        }
    }

    /// The minutes from the beginning of a test's time to `time`.
    static func minute(of time: Timestamp) -> Int64 {
        ManualClock().wall.now.duration(to: time).components.seconds / 60
    }
}
