import Synchronization

/// Carries the result of a receive out of the task that waits for it.
///
/// What arrives while the consumer is asked to drain is still taken and processed, not dropped until its visibility
/// time-out.
final class ReceivedBatch: Sendable {
    private let result = Mutex<Result<[MessageDelivery], MessageBusError>>(.success([]))

    func fill(_ receive: () async throws(MessageBusError) -> [MessageDelivery]) async {
        let received: Result<[MessageDelivery], MessageBusError>
        do throws(MessageBusError) {
            received = .success(try await receive())
        } catch {
            received = .failure(error)
        }
        result.withLock { $0 = received }
    }

    func take() throws(MessageBusError) -> [MessageDelivery] {
        try result.withLock { $0 }.get()
    }
}
