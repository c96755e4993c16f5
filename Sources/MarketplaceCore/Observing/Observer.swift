/// The one place where the package tells what it does: typed events for logs and metrics, a hook for spans.
///
/// The package depends on no logging, metrics or tracing library. An application bridges this seam to its own in a
/// few lines; without one, nothing is recorded. Both requirements are called on hot paths: they must not block.
public protocol Observer: Sendable {
    /// Takes note of something that happened.
    func record(_ event: some ObserverEvent)

    /// Performs `body` as the operation of that name, for a span around it. The default performs it and no more.
    func around<Value, Failure: Error>(
        _ operation: OperationName,
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value
}

extension Observer {
    /// Performs `body` and no more.
    public func around<Value, Failure: Error>(
        _ operation: OperationName,
        _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        try await body()
    }
}

extension Observer where Self == SilentObserver {
    /// The observer that records nothing.
    public static var silent: SilentObserver { SilentObserver() }
}
