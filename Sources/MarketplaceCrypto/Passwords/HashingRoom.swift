#if Crypto
import Synchronization

/// Counts the hashes that are computed or wait for it, and lets in no more than there is room for.
final class HashingRoom: Sendable {
    /// How many there may be at once.
    let places: Int
    private let taken = Mutex(0)

    init(places: Int) {
        self.places = places
    }

    /// Takes a place; false when there is none.
    func enter() -> Bool {
        taken.withLock { taken in
            guard taken < places else { return false }
            taken += 1
            return true
        }
    }

    /// Gives a place back.
    func leave() {
        taken.withLock { $0 -= 1 }
    }
}
#endif
