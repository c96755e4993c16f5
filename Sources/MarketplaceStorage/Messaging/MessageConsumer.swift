public import MarketplaceCore

/// Receives messages, handles each through an ``Inbox`` and settles it.
///
/// Every effect of a message is in the transaction of its handler, so whatever crashes, it takes effect once. Messages
/// of different keys are handled side by side, those of one key in order.
public final class MessageConsumer: Sendable {
    /// Adds to the transaction what a message changes.
    public typealias Handler = @Sendable (Message, inout Transaction) async throws -> Void

    private let bus: any MessageBus
    private let subscription: MessageSubscription
    private let inbox: Inbox
    private let settings: MessageConsumption
    private let timeline: MonotonicTimeline
    private let randomness: any RandomSource
    private let observer: any Observer
    private let handler: Handler
    private let control: RunControl

    /// Makes a consumer.
    ///
    /// - Parameters:
    ///   - subscription: Which messages, and the group they are shared in.
    ///   - bus: Where the messages come from.
    ///   - inbox: What makes a message that comes twice take effect once; consumers of one group share its name.
    ///   - settings: Batches, waits, retries.
    ///   - clock: The monotonic clock that waits are measured on.
    ///   - randomness: Where the jitter of retries comes from.
    ///   - observer: Is told of every settlement and every failure of the bus.
    ///   - handler: Adds to the transaction what a message changes. It throws `Refused` for a message that no attempt
    ///     will be able to deal with.
    public init(
        _ subscription: MessageSubscription,
        on bus: any MessageBus,
        inbox: Inbox,
        settings: MessageConsumption = MessageConsumption(),
        clock: any Clock<Duration> = ContinuousClock(),
        randomness: any RandomSource = SystemRandomSource(),
        observer: any Observer = .silent,
        handler: @escaping Handler
    ) {
        self.bus = bus
        self.subscription = subscription
        self.inbox = inbox
        self.settings = settings
        self.handler = handler
        timeline = MonotonicTimeline(clock)
        self.randomness = randomness
        self.observer = observer
        control = RunControl("the consumer \(inbox.consumer)")
    }

    /// Consumes messages as they come, until drained or cancelled (then it returns).
    ///
    /// Failures of the bus that pass are waited out by ``MessageConsumption/busRetry``, others are thrown. It can be run once; a second run is a mistake
    /// of the caller.
    public func run() async throws(MessageBusError) {
        try await control.once { () async throws(MessageBusError) in
            var failures = 0
            while !control.shouldStop {
                do throws(MessageBusError) {
                    try await bus.subscribe(subscription)
                    try await consumeUntilStopped(resetting: &failures)
                } catch {
                    if control.shouldStop { return }
                    failures += 1
                    let pause =
                        error.isRetriable
                        ? settings.busRetry.pause(afterFailures: failures, random: randomness.next()) : nil
                    observer.record(ConsumerInterrupted(consumer: inbox.consumer, error: error, pause: pause))
                    guard let pause else { throw error }
                    await control.idle { [timeline] in await timeline.sleep(for: pause) }
                }
            }
        }
    }

    /// Lets ``run()`` finish the deliveries it has in hand and return, and waits for that.
    public func drain() async {
        await control.drain()
    }

    /// Consumes what the bus can deliver now, and returns how many deliveries that were.
    @discardableResult
    public func consumeAvailable() async throws(MessageBusError) -> Int {
        try await bus.subscribe(subscription)
        var count = 0
        while true {
            let deliveries = try await bus.receive(subscription, limit: settings.batchSize, wait: .zero)
            if deliveries.isEmpty { return count }
            try await process(deliveries)
            count += deliveries.count
        }
    }

    private func consumeUntilStopped(resetting failures: inout Int) async throws(MessageBusError) {
        while !control.shouldStop {
            let deliveries = try await receive()
            failures = 0
            try await process(deliveries)
        }
    }

    /// Waits for deliveries, cut short when the consumer is asked to drain.
    private func receive() async throws(MessageBusError) -> [MessageDelivery] {
        let received = ReceivedBatch()
        await control.idle { [bus, subscription, settings] in
            await received.fill { () async throws(MessageBusError) in
                try await bus.receive(subscription, limit: settings.batchSize, wait: settings.wait)
            }
        }
        return try received.take()
    }

    /// Handles deliveries side by side; those of one key, should a bus hand out several, in order.
    private func process(_ deliveries: [MessageDelivery]) async throws(MessageBusError) {
        let sequences = Dictionary(grouping: deliveries) { [$0.message.topic.text, $0.message.key.text] }
        let failure = await withTaskGroup(of: MessageBusError?.self) { group in
            for sequence in sequences.values {
                group.addTask { await self.process(sequence: sequence) }
            }
            var first: MessageBusError?
            for await failure in group { first = first ?? failure }
            return first
        }
        if let failure { throw failure }
    }

    private func process(sequence: [MessageDelivery]) async -> MessageBusError? {
        do throws(MessageBusError) {
            for delivery in sequence {
                let settlement = await settlement(of: delivery)
                // A delivery that is no longer held comes again, and the inbox recognises it.
                _ = try await bus.settle(delivery, as: settlement)
                observer.record(
                    MessageSettled(
                        consumer: inbox.consumer,
                        message: delivery.message.id,
                        topic: delivery.message.topic,
                        attempt: delivery.attempt,
                        settlement: settlement
                    )
                )
                // What comes later in this sequence must not overtake: the bus delivers it again.
                guard settlement == .acknowledge else { return nil }
            }
            return nil
        } catch {
            return error
        }
    }

    private func settlement(of delivery: MessageDelivery) async -> MessageSettlement {
        let message = delivery.message
        do throws(InboxError) {
            _ = try await inbox.handle(message) { transaction in
                try await handler(message, &transaction)
            }
            return .acknowledge
        } catch {
            // A handler that was cut short says nothing about the message.
            if Task.isCancelled { return .retry(after: .zero) }
            return settings.settlement(of: delivery, after: error, random: randomness.next())
        }
    }
}
