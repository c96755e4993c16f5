import Synchronization

/// Counts reads, so that the one after so many can fail.
final class ReadCounter: Sendable {
    private let count = Mutex(0)
    private let number: Int

    init(failingAt number: Int) {
        self.number = number
    }

    /// Whether this was the last read before the one that fails.
    func isDue() -> Bool {
        count.withLock { count in
            count += 1
            return count == number
        }
    }
}
