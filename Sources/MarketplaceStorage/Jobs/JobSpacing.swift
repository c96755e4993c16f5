import MarketplaceCore
import Synchronization

/// How long ago the last run of a job was started, as far as this server knows.
///
/// The first time a start is seen, its age is told by the wall clocks, and by no more than the spacing; from then on
/// by this server's monotonic clock. So nobody waits for longer than the spacing because a clock was wrong.
final class JobSpacing: Sendable {
    private struct Sighting {
        let number: UInt64
        let start: Duration
    }

    private let sighting = Mutex<Sighting?>(nil)

    /// How long no other run must be started.
    func remaining(of spacing: Duration, after record: JobRecord, at now: Duration, wallTime: Timestamp) -> Duration {
        guard let lastStart = record.lastStart else { return .zero }
        return sighting.withLock { sighting in
            if let known = sighting, known.number == record.lastNumber { return known.start + spacing - now }
            let age = min(max(lastStart.duration(to: wallTime), .zero), spacing)
            sighting = Sighting(number: record.lastNumber, start: now - age)
            return spacing - age
        }
    }

    /// Notes that this server starts the run of that number now.
    func noteStart(of number: UInt64, at now: Duration) {
        sighting.withLock { $0 = Sighting(number: number, start: now) }
    }
}
