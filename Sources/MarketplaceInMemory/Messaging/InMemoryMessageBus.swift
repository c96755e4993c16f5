public import MarketplaceCore
public import MarketplaceStorage
import Synchronization

/// The reference adapter of ``MessageBus``: queues in the memory of this process, nothing survives it.
///
/// Only the head of a topic and key's sequence is handed out at a time. Publishing is all or nothing. A message whose
/// topic nobody has subscribed to is dropped: there is nobody to keep it for.
public final class InMemoryMessageBus: DeadLetterBus {
    /// The most unsettled messages of one group, and apart from them the most dead letters, unless told otherwise:
    /// some hundred megabytes when messages have a kilobyte.
    public static let defaultCapacity = 100_000

    private let groups = Mutex<[ConsumerGroup: GroupQueue]>([:])
    private let arrivals = ChangeNotifier()
    private let timeline: MonotonicTimeline
    private let capacity: Int

    /// An empty bus.
    ///
    /// - Parameters:
    ///   - clock: The monotonic clock that visibility, retries and waits are measured on.
    ///   - capacity: The most unsettled messages of one group, and the most dead letters of one. When a group is
    ///     full, publishing fails with ``MessageBusError/Code/full``.
    public init(clock: any Clock<Duration> = ContinuousClock(), capacity: Int = InMemoryMessageBus.defaultCapacity) {
        precondition(capacity > 0, "a queue has room for a message")
        timeline = MonotonicTimeline(clock)
        self.capacity = capacity
    }

    /// Hands all messages over, in order, or none.
    public func publish(_ messages: [Message]) async throws(MessageBusError) {
        if Task.isCancelled { throw MessageBusError(.cancelled, "before anything was published") }
        let isDone = groups.withLock { groups in
            guard groups.values.allSatisfy({ hasRoom(for: messages, in: $0) }) else { return false }
            for group in groups.keys {
                for message in messages where groups[group]?.subscription.topics.contains(message.topic) ?? false {
                    groups[group]?.enqueue(message)
                }
            }
            return true
        }
        guard isDone else { throw MessageBusError(.full, "a group has \(capacity) messages to settle") }
        arrivals.notify()
    }

    /// Makes the bus keep messages for a group from now on.
    ///
    /// Subscribing again changes topics, visibility and parking; what is queued stays.
    public func subscribe(_ subscription: MessageSubscription) async throws(MessageBusError) {
        groups.withLock { groups in
            groups[subscription.group, default: GroupQueue(subscription)].subscription = subscription
        }
    }

    /// Waits up to `wait` for messages of a group and hands out at most `limit`.
    public func receive(
        _ subscription: MessageSubscription,
        limit: Int,
        wait: Duration
    ) async throws(MessageBusError) -> [MessageDelivery] {
        guard (1...StoreLimits.pageSize).contains(limit) else {
            throw MessageBusError(.invalid, "a limit lies between 1 and \(StoreLimits.pageSize), not at \(limit)")
        }
        let deadline = timeline.now + wait
        while true {
            let version = arrivals.version
            let now = timeline.now
            let (deliveries, nextDue) = try inGroup(subscription.group) { queue in
                (queue.deliver(limit: limit, at: now), queue.nextDue)
            }
            guard deliveries.isEmpty, now < deadline, !Task.isCancelled else { return deliveries }
            await arrivals.wait(since: version, until: min(deadline, nextDue ?? deadline), on: timeline)
            if Task.isCancelled { return [] }
        }
    }

    /// Tells what became of a delivery.
    public func settle(
        _ delivery: MessageDelivery,
        as settlement: MessageSettlement
    ) async throws(MessageBusError) -> SettlementOutcome {
        let now = timeline.now
        let outcome = try inGroup(delivery.group) { $0.settle(delivery, as: settlement, at: now) }
        arrivals.notify()
        return outcome
    }

    /// The dead letters of a group after that place in the list, oldest first.
    public func deadLetters(
        of group: ConsumerGroup,
        after sequence: UInt64 = 0,
        limit: Int
    ) async throws(MessageBusError) -> [DeadLetter] {
        try inGroup(group) { $0.deadLetters(after: sequence, limit: max(limit, 0)) }
    }

    /// Puts a poisoned message back at the head of its key, all that is parked behind it following in order.
    @discardableResult
    public func requeue(_ message: MessageID, of group: ConsumerGroup) async throws(MessageBusError) -> Bool {
        let wasThere = try inGroup(group) { $0.requeue(message) }
        arrivals.notify()
        return wasThere
    }

    /// Gives a poisoned message up for good: all that is parked behind it follows in order.
    @discardableResult
    public func discard(_ message: MessageID, of group: ConsumerGroup) async throws(MessageBusError) -> DeadLetter? {
        let letter = try inGroup(group) { $0.discard(message) }
        arrivals.notify()
        return letter
    }

    /// How many messages of a group are not settled yet, dead letters apart.
    public func unsettledCount(of group: ConsumerGroup) -> Int {
        groups.withLock { $0[group]?.queuedCount ?? 0 }
    }

    private func hasRoom(for messages: [Message], in queue: GroupQueue) -> Bool {
        let wanted = messages.filter { queue.subscription.topics.contains($0.topic) }
        let parked = wanted.count(where: queue.parksBehind)
        return queue.queuedCount + wanted.count - parked <= capacity && queue.parkedCount + parked <= capacity
    }

    private func inGroup<Value>(
        _ group: ConsumerGroup,
        _ body: (inout GroupQueue) -> Value
    ) throws(MessageBusError) -> Value {
        let value: Value? = groups.withLock { groups in
            guard groups[group] != nil else { return nil }
            return body(&groups[group, default: GroupQueue(MessageSubscription(group: group, topics: []))])
        }
        guard let value else { throw MessageBusError(.notSubscribed, "the group \(group) has not subscribed") }
        return value
    }
}
