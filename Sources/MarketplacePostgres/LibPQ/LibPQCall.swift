#if LibPQ
import Synchronization

/// One call on a connection, as the task that made it sees it: it can be cancelled at any moment from any thread.
final class LibPQCall: Sendable {
    private let waker: LibPQWaker
    private let cancelled = Atomic(false)

    /// Whether the task was cancelled.
    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    init(_ waker: LibPQWaker) {
        self.waker = waker
    }

    /// Cancels the call, which its own connection's thread carries out as soon as it looks.
    func cancel() {
        cancelled.store(true, ordering: .releasing)
        waker.wake()
    }

    /// What a call ends with that was cancelled.
    static let cancelledFailure = PostgresFailure(.cancelled, "the task was cancelled")

    /// Runs `body` so that a cancellation of the task reaches the call.
    static func run<Value: Sendable>(
        on waker: LibPQWaker,
        _ body: (LibPQCall) async throws(PostgresFailure) -> Value
    ) async throws(PostgresFailure) -> Value {
        let call = LibPQCall(waker)
        return try await withTaskCancellationHandler { () async -> Result<Value, PostgresFailure> in
            do throws(PostgresFailure) {
                return .success(try await body(call))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            call.cancel()
        }.get()
    }
}
#endif
