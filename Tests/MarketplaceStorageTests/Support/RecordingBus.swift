import MarketplaceStorage
import Synchronization

/// Takes down what is published, and fails when the test wants.
final class RecordingBus: MessageBus {
    private struct State {
        var published: [Message] = []
        var failures: [MessageBusError] = []
        var failsAfterPublishing = false
        var meanwhile: (@Sendable () async -> Void)?
    }

    private let state = Mutex(State())

    var published: [Message] { state.withLock { $0.published } }

    /// Lets the next calls fail, before or after the messages were taken.
    func fail(_ errors: [MessageBusError], afterPublishing: Bool = false) {
        state.withLock { state in
            state.failures = errors
            state.failsAfterPublishing = afterPublishing
        }
    }

    /// Performs `action` once, after the next publication was taken and before it is answered.
    func afterNextPublication(_ action: @escaping @Sendable () async -> Void) {
        state.withLock { $0.meanwhile = action }
    }

    func publish(_ messages: [Message]) async throws(MessageBusError) {
        let (failure, meanwhile) = state.withLock { state in
            let failure = state.failures.isEmpty ? nil : state.failures.removeFirst()
            if failure == nil || state.failsAfterPublishing { state.published += messages }
            defer { state.meanwhile = nil }
            return (failure, state.meanwhile)
        }
        await meanwhile?()
        if let failure { throw failure }
    }

    func subscribe(_ subscription: MessageSubscription) async throws(MessageBusError) {}

    func receive(
        _ subscription: MessageSubscription,
        limit: Int,
        wait: Duration
    ) async throws(MessageBusError) -> [MessageDelivery] {
        []
    }

    func settle(
        _ delivery: MessageDelivery,
        as settlement: MessageSettlement
    ) async throws(MessageBusError) -> SettlementOutcome {
        .notHeld
    }
}
