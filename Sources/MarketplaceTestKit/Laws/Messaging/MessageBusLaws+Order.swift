import MarketplaceCore
import MarketplaceStorage

extension MessageBusLaws {
    /// Messages of one key come one after the other.
    public static let keysKeepTheirOrder = MessageBusLaw(
        "bus.order",
        "Messages of one topic and key are delivered in the order they were published, each when the last is settled."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        try await probe.publish(1...3)
        try await probe.publish(4...20)
        for number in 1...20 {
            let delivery = try await probe.receiveOne(number, attempt: 1)
            try await probe.demandNothing("message \(number) of its key is not settled")
            if number == 10 { try await probe.publish(21...25) }
            try await probe.settle(delivery)
        }
        try LawBreach.unlessEqual(try await probe.drain(), (21...25).map(String.init), "what was published meanwhile")
    }

    /// Keys do not wait for each other.
    public static let keysDoNotWaitForEachOther = MessageBusLaw(
        "bus.keys-apart",
        "A message that is not settled holds up no other key, nor the same key of another topic."
    ) { probe in
        let both = MessageSubscription(group: "mail", topics: ["orders", "carts"])
        try await probe.bus.subscribe(both)
        let keys: [MessageKey] = ["a", "A", "\u{E9}", "e\u{301}"]
        for key in keys {
            for topic in ["orders", "carts"] as [MessageTopic] {
                try await probe.publish(1...2, key: key, topic: topic)
            }
        }
        let heads = try await probe.receive(for: both)
        try LawBreach.unlessEqual(heads.count, 8, "how many messages come at once, one of each topic and key")
        try LawBreach.unlessEqual(Set(heads.map(\.message.name)), ["1"], "which messages come first")
        guard let settled = heads.first else { return }
        try await probe.settle(settled)
        let next = try await probe.receiveOne(2, for: both)
        try LawBreach.unlessEqual(next.message.key, settled.message.key, "the key of the message that comes next")
        try LawBreach.unlessEqual(next.message.topic, settled.message.topic, "the topic of the message that comes next")
    }

    /// A message that is delivered again is not overtaken.
    public static let redeliveryKeepsTheOrder = MessageBusLaw(
        "bus.order-at-redelivery",
        "Later messages of a key do not overtake one that comes again, after a time-out as after a retry."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        try await probe.publish(1...3)
        _ = try await probe.receiveOne(1, attempt: 1)
        probe.clock.advance(by: MessageBusProbe.visibility)
        let second = try await probe.receiveOne(1, attempt: 2)
        try await probe.settle(second, as: .retry(after: .seconds(60)))
        try await probe.publish(4...4)
        try await probe.demandNothing("the first message waits for its retry")
        probe.clock.advance(by: .seconds(60))
        let third = try await probe.receiveOne(1, attempt: 3)
        try await probe.settle(third, as: .retry(after: .zero))
        try await probe.settle(try await probe.receiveOne(1, attempt: 4))
        try LawBreach.unlessEqual(try await probe.drain(), ["2", "3", "4"], "what comes after it")
    }

    /// A dead letter is not delivered, and its key waits behind it.
    public static let deadLettersHoldTheirKey = MessageBusLaw(
        "bus.dead-letter",
        "A dead letter is not delivered again, no later message of its key overtakes it, and other keys flow on."
    ) { probe in
        for parking in [MessageParking.behind, .waiting] {
            let group = MessageSubscription(
                group: parking == .behind ? "behind" : "waiting",
                topics: ["orders"],
                parking: parking
            )
            try await probe.bus.subscribe(group)
            try await probe.publish(1...2)
            try await probe.publish(3...4, key: "b")
            for delivery in try await probe.receive(for: group) {
                let isPoisoned = delivery.message.name == "1"
                try await probe.settle(delivery, as: isPoisoned ? .deadLetter(reason: "no such buyer") : .acknowledge)
            }
            try await probe.publish(5...5)
            try LawBreach.unlessEqual(try await probe.drain(group), ["4"], "what comes past a dead letter of `a`")
        }
    }
}
