import MarketplaceCore
import Synchronization

/// Since when this process has seen the documents of held keys stand still.
///
/// A holder that lives writes its document before its lease is over. One whose document stood still for the whole
/// lease, on the observer's own monotonic clock, has lost it. No wall clock is compared with another machine's.
final class LockObservations: Sendable {
    private struct Sighting {
        let revision: DocumentRevision
        let since: Duration
    }

    /// The most keys that are watched at a time.
    ///
    /// Forgetting one only makes its watch begin again.
    static let limit = 10_000

    private let sightings = Mutex<[FenceKey: Sighting]>([:])

    /// How much of its lease the holder of a record may still have, seen at `now`.
    func remaining(of record: LockRecord, for key: FenceKey, at now: Duration) -> Duration {
        guard let revision = record.revision else { return .zero }
        return sightings.withLock { sightings in
            if let known = sightings[key], known.revision == revision {
                return max(known.since + record.lease - now, .zero)
            }
            if sightings.count >= Self.limit, let other = sightings.keys.first { sightings[other] = nil }
            sightings[key] = Sighting(revision: revision, since: now)
            return record.lease
        }
    }

    /// Forgets a key that is not watched any longer.
    func forget(_ keys: [FenceKey]) {
        sightings.withLock { sightings in
            for key in keys { sightings[key] = nil }
        }
    }

    /// How many keys are watched; for tests.
    var count: Int { sightings.withLock { $0.count } }
}
