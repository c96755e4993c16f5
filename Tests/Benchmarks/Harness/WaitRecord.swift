import Synchronization

/// How long each operation of a round took, by its number.
final class WaitRecord: Sendable {
    private let waits: Mutex<[Int64]>

    /// A record of so many operations.
    init(_ count: Int) {
        waits = Mutex(Array(repeating: 0, count: count))
    }

    /// All of them.
    var nanoseconds: [Int64] { waits.withLock { $0 } }

    /// Performs an operation and notes how long it took since it began, or since it should have begun.
    func measure<Value>(
        _ number: Int,
        since start: ContinuousClock.Instant = .now,
        _ operation: () async throws -> Value
    ) async rethrows -> Value {
        let value = try await operation()
        let wait = Int64(start.duration(to: .now) / .nanoseconds(1))
        waits.withLock { $0[number] = wait }
        return value
    }
}
