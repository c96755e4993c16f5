/// What ends a body that took longer than it was given.
package struct DeadlineExceeded: Error, CustomStringConvertible {
    package let limit: Duration

    package var description: String { "no answer within \(limit)" }
}

/// Performs `body` and returns what it returns, unless it takes longer than `limit`.
///
/// A body that ran out of time is cancelled but not waited for: one that ignores its cancellation must not hold up
/// whoever asked. It may therefore still be running, and still take effect, after this function has thrown.
package func withDeadline<Value: Sendable>(
    _ limit: Duration,
    timer: DeadlineTimer,
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    let outcome = OneShot<Result<Value, any Error>>()
    let work = Task {
        do {
            outcome.settle(.success(try await body()))
        } catch {
            outcome.settle(.failure(error))
        }
    }
    let token = timer.schedule(after: limit) { outcome.settle(.failure(DeadlineExceeded(limit: limit))) }
    defer {
        work.cancel()
        timer.cancel(token)
    }
    guard let result = await outcome.value() else { throw CancellationError() }
    return try result.get()
}
