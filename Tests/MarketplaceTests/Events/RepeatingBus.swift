import Marketplace

/// A bus that takes everything twice.
struct RepeatingBus: MessageBus {
    let base: InMemoryMessageBus

    func publish(_ messages: [Message]) async throws(MessageBusError) {
        try await base.publish(messages)
        try await base.publish(messages)
    }

    func subscribe(_ subscription: MessageSubscription) async throws(MessageBusError) {
        try await base.subscribe(subscription)
    }

    func receive(
        _ subscription: MessageSubscription,
        limit: Int,
        wait: Duration
    ) async throws(MessageBusError) -> [MessageDelivery] {
        try await base.receive(subscription, limit: limit, wait: wait)
    }

    func settle(
        _ delivery: MessageDelivery,
        as settlement: MessageSettlement
    ) async throws(MessageBusError) -> SettlementOutcome {
        try await base.settle(delivery, as: settlement)
    }
}
