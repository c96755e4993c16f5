import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit

/// A good bus with some of its calls replaced: how a bug is planted.
struct AlteredBus: DeadLetterBus {
    typealias Publish = @Sendable ([Message], InMemoryMessageBus) async throws(MessageBusError) -> Void
    typealias Subscribe = @Sendable (MessageSubscription, InMemoryMessageBus) async throws(MessageBusError) -> Void
    typealias Receive =
        @Sendable (
            MessageSubscription, Int, Duration, InMemoryMessageBus
        ) async throws(MessageBusError) -> [MessageDelivery]
    typealias Settle =
        @Sendable (
            MessageDelivery, MessageSettlement, InMemoryMessageBus
        ) async throws(MessageBusError) -> SettlementOutcome
    typealias List =
        @Sendable (ConsumerGroup, UInt64, Int, InMemoryMessageBus) async throws(MessageBusError) -> [DeadLetter]
    typealias Requeue = @Sendable (MessageID, ConsumerGroup, InMemoryMessageBus) async throws(MessageBusError) -> Bool
    typealias Discard =
        @Sendable (MessageID, ConsumerGroup, InMemoryMessageBus) async throws(MessageBusError) -> DeadLetter?

    let base: InMemoryMessageBus
    var onPublish: Publish = { (messages, base) async throws(MessageBusError) in try await base.publish(messages) }
    var onSubscribe: Subscribe = { (subscription, base) async throws(MessageBusError) in
        try await base.subscribe(subscription)
    }
    var onReceive: Receive = { (subscription, limit, wait, base) async throws(MessageBusError) in
        try await base.receive(subscription, limit: limit, wait: wait)
    }
    var onSettle: Settle = { (delivery, settlement, base) async throws(MessageBusError) in
        try await base.settle(delivery, as: settlement)
    }
    var onList: List = { (group, sequence, limit, base) async throws(MessageBusError) in
        try await base.deadLetters(of: group, after: sequence, limit: limit)
    }
    var onRequeue: Requeue = { (message, group, base) async throws(MessageBusError) in
        try await base.requeue(message, of: group)
    }
    var onDiscard: Discard = { (message, group, base) async throws(MessageBusError) in
        try await base.discard(message, of: group)
    }

    init(clock: ManualClock) {
        base = InMemoryMessageBus(clock: clock)
    }

    func publish(_ messages: [Message]) async throws(MessageBusError) {
        try await onPublish(messages, base)
    }

    func subscribe(_ subscription: MessageSubscription) async throws(MessageBusError) {
        try await onSubscribe(subscription, base)
    }

    func receive(
        _ subscription: MessageSubscription,
        limit: Int,
        wait: Duration
    ) async throws(MessageBusError) -> [MessageDelivery] {
        try await onReceive(subscription, limit, wait, base)
    }

    func settle(
        _ delivery: MessageDelivery,
        as settlement: MessageSettlement
    ) async throws(MessageBusError) -> SettlementOutcome {
        try await onSettle(delivery, settlement, base)
    }

    func deadLetters(
        of group: ConsumerGroup,
        after sequence: UInt64,
        limit: Int
    ) async throws(MessageBusError) -> [DeadLetter] {
        try await onList(group, sequence, limit, base)
    }

    func requeue(_ message: MessageID, of group: ConsumerGroup) async throws(MessageBusError) -> Bool {
        try await onRequeue(message, group, base)
    }

    func discard(_ message: MessageID, of group: ConsumerGroup) async throws(MessageBusError) -> DeadLetter? {
        try await onDiscard(message, group, base)
    }
}

extension Message {
    /// This message with changed parts.
    func changing(
        id: MessageID? = nil,
        topic: MessageTopic? = nil,
        key: MessageKey? = nil,
        headers: ContextHeaders? = nil
    ) -> Message {
        Message(
            id: id ?? self.id,
            topic: topic ?? self.topic,
            key: key ?? self.key,
            name: name,
            schemaVersion: schemaVersion,
            payload: payload,
            headers: headers ?? self.headers,
            time: time
        )
    }
}

extension MessageDelivery {
    /// This delivery with changed parts.
    func changing(message: Message? = nil, group: ConsumerGroup? = nil, attempt: Int? = nil) -> MessageDelivery {
        MessageDelivery(
            message: message ?? self.message,
            group: group ?? self.group,
            attempt: attempt ?? self.attempt,
            receipt: receipt
        )
    }
}
