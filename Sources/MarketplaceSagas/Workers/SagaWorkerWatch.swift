import MarketplaceStorage
import Synchronization

/// What one worker has seen of the others' signs of life.
///
/// No clocks are compared: a worker is dead when its document stood still for a whole lease on the observer's own
/// monotonic clock.
final class SagaWorkerWatch: Sendable {
    private struct Sighting {
        var revision: DocumentRevision?
        var since: Duration
    }

    private let lease: Duration
    private let sightings = Mutex<[String: Sighting]>([:])

    init(lease: Duration) {
        self.lease = lease
    }

    /// Whether a worker whose document is at `revision` now (nil: absent) has stood still for a lease.
    func isDead(_ worker: String, revision: DocumentRevision?, now: Duration) -> Bool {
        sightings.withLock { sightings in
            guard let sighting = sightings[worker], sighting.revision == revision else {
                sightings[worker] = Sighting(revision: revision, since: now)
                return false
            }
            return now - sighting.since >= lease
        }
    }

    /// Forgets workers that have no sagas any more.
    func keep(only workers: Set<String>) {
        sightings.withLock { $0 = $0.filter { workers.contains($0.key) } }
    }
}
