import MarketplaceCore
import MarketplaceStorage

/// What a law of message buses works with: the bus, whose calls are noted, and what makes messages for it.
struct MessageBusProbe: Sendable {
    /// How long a delivery is withheld from the others of its group.
    static let visibility = Duration.seconds(30)
    /// A wait that no law outlasts.
    static let long = Duration.seconds(12 * 60 * 60)

    let site: MessageBusSite
    let bus: any MessageBus
    let history: LawHistory
    let identifiers = SeededIdentifiers(seed: 1)
    /// The subscription of most laws.
    let mail = MessageSubscription(group: "mail", topics: ["orders"], visibility: MessageBusProbe.visibility)

    init(_ site: MessageBusSite, history: LawHistory) {
        self.site = site
        self.history = history
        bus = RecordingBus(site.bus, history: history, clock: site.clock)
    }

    var clock: ManualClock { site.clock }
    var pace: LawPace { LawPace(clock: site.clock, attention: site.attention, patience: site.patience) }

    /// Publishes messages of one key, named by their numbers.
    @discardableResult
    func publish(
        _ numbers: some Sequence<Int>,
        key: MessageKey = "a",
        topic: MessageTopic = "orders"
    ) async throws -> [Message] {
        let messages = numbers.map { message($0, key: key, topic: topic) }
        try await bus.publish(messages)
        return messages
    }

    /// A message of that number.
    func message(_ number: Int, key: MessageKey = "a", topic: MessageTopic = "orders") -> Message {
        Message(
            id: identifiers.next(),
            topic: topic,
            key: key,
            name: "\(number)",
            payload: [UInt8(truncatingIfNeeded: number)],
            headers: ContextHeaders(),
            time: Timestamp(microsecondsSinceEpoch: 1_767_225_600_000_000)
        )
    }

    /// What the bus hands out now; demands what it promises of every batch.
    func receive(
        _ limit: Int = 100,
        for subscription: MessageSubscription? = nil,
        wait: Duration = .zero
    ) async throws -> [MessageDelivery] {
        let subscription = subscription ?? mail
        let deliveries = try await bus.receive(subscription, limit: limit, wait: wait)
        try LawBreach.unless(deliveries.count <= limit, "at most \(limit) messages", found: "\(deliveries.count)")
        for delivery in deliveries {
            try LawBreach.unlessEqual(delivery.group, subscription.group, "the group of a delivery")
            try LawBreach.unless(
                subscription.topics.contains(delivery.message.topic),
                "messages of \(subscription.topics.map(\.text).sorted())",
                found: delivery.summary
            )
        }
        return deliveries
    }

    /// Receives exactly one message, of that name.
    func receiveOne(
        _ name: Int,
        attempt: Int? = nil,
        for subscription: MessageSubscription? = nil
    ) async throws -> MessageDelivery {
        let deliveries = try await receive(for: subscription)
        guard let delivery = deliveries.first, deliveries.count == 1, delivery.message.name == "\(name)" else {
            throw LawBreach(expected: "message \(name) and no other", found: "\(deliveries.map(\.summary))")
        }
        if let attempt { try LawBreach.unlessEqual(delivery.attempt, attempt, "the attempt of message \(name)") }
        return delivery
    }

    /// Demands that nothing is handed out now.
    func demandNothing(_ why: String, for subscription: MessageSubscription? = nil) async throws {
        let deliveries = try await receive(for: subscription)
        try LawBreach.unless(deliveries.isEmpty, "nothing: \(why)", found: "\(deliveries.map(\.summary))")
    }

    /// Settles a delivery, which must count.
    func settle(_ delivery: MessageDelivery, as settlement: MessageSettlement = .acknowledge) async throws {
        let outcome = try await bus.settle(delivery, as: settlement)
        try LawBreach.unlessEqual(outcome, .settled, "the settlement of \(delivery.summary)")
    }

    /// Begins to receive, and returns once the call waits or has ended.
    func waiting(_ limit: Int = 100, wait: Duration = MessageBusProbe.long) async throws -> LawCall<[MessageDelivery]> {
        let others = clock.sleeperCount
        let call = LawCall { try await receive(limit, wait: wait) }
        try await pace.untilAsleep(call, besides: others)
        return call
    }

    /// Receives and acknowledges until nothing comes, also after every time-out, and returns the names.
    func drain(_ subscription: MessageSubscription? = nil) async throws -> [String] {
        var names: [String] = []
        for _ in 0..<2 {
            while true {
                let deliveries = try await receive(for: subscription)
                if deliveries.isEmpty { break }
                for delivery in deliveries {
                    try await settle(delivery)
                    names.append(delivery.message.name)
                }
            }
            clock.advance(by: (subscription ?? mail).visibility)
        }
        return names
    }
}

extension Law where Subject == MessageBusSite {
    /// Makes a law whose body works with a probe.
    init(
        _ name: String,
        _ statement: String,
        probing body: @escaping @Sendable (MessageBusProbe) async throws -> Void
    ) {
        self.init(name, statement) { site, history in
            try await body(MessageBusProbe(site, history: history))
        }
    }
}
