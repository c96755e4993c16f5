import MarketplaceCore
import MarketplaceStorage

extension MessageBusLaws {
    /// Every group gets every message of its topics.
    public static let everyGroupGetsEveryMessage = MessageBusLaw(
        "bus.groups",
        "Every group that was subscribed gets every message of its topics, and none of others, whatever others settle."
    ) { probe in
        let audit = MessageSubscription(group: "audit", topics: ["orders", "carts"])
        try await probe.bus.subscribe(probe.mail)
        try await probe.bus.subscribe(audit)
        try await probe.publish(1...3)
        try await probe.publish(4...5, key: "b", topic: "carts")
        try await probe.publish(6...6, key: "c", topic: "stock")
        try LawBreach.unlessEqual(try await probe.drain(), ["1", "2", "3"], "what one group gets")
        let others = try await probe.drain(audit).sorted()
        try LawBreach.unlessEqual(others, ["1", "2", "3", "4", "5"], "what the other group gets")
    }

    /// A message is delivered as it was published.
    public static let messagesComeBackWhole = MessageBusLaw(
        "bus.whole",
        "A message is delivered with the id, topic, key, name, version, payload, headers and time it was given."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        let headers = try ContextHeaders(["correlation-id": "7", "note": "\u{E9}e\u{301}"])
        let payloads: [[UInt8]] = [[], [0], Array(0...255), Array(repeating: 7, count: 10_000)]
        var published: [Message] = []
        for (number, payload) in payloads.enumerated() {
            published.append(
                Message(
                    id: MessageID(bits: UInt128.max - UInt128(number)),
                    topic: "orders",
                    key: try MessageKey("key \(number) \u{E9}e\u{301}"),
                    name: "Name with spaces, e\u{301}",
                    schemaVersion: number + 1,
                    payload: payload,
                    headers: number.isMultiple(of: 2) ? headers : ContextHeaders(),
                    time: Timestamp(microsecondsSinceEpoch: Int64(number) * 1_767_225_600_123_457)
                )
            )
        }
        try await probe.bus.publish(published)
        let delivered = try await probe.receive().map(\.message).sorted { $0.schemaVersion < $1.schemaVersion }
        for (message, expected) in zip(delivered, published) {
            try LawBreach.unless(message == expected, "\(expected)", found: "\(message)")
        }
        try LawBreach.unlessEqual(delivered.count, published.count, "how many messages were delivered")
    }

    /// The members of a group share its messages.
    public static let groupsShareMessages = MessageBusLaw(
        "bus.shared",
        "Members of one group who receive at once get each message once between them, in the order of its key."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        let keys: [MessageKey] = ["a", "b", "c", "d", "e"]
        for key in keys { try await probe.publish(0..<40, key: key) }
        let seen = LawJournal<(key: MessageKey, name: String)>()
        let calls = (0..<4).map { _ in
            LawCall {
                while seen.entries.count < 200 {
                    for delivery in try await probe.receive(3) {
                        try LawBreach.unlessEqual(delivery.attempt, 1, "the attempt of \(delivery.summary)")
                        seen.append((delivery.message.key, delivery.message.name))
                        await Task.yield()
                        try await probe.settle(delivery)
                    }
                    await Task.yield()
                }
            }
        }
        _ = try await probe.pace.ends(of: calls, looks: 0, "all messages are shared out")
        for key in keys {
            let names = seen.entries.filter { $0.key == key }.map(\.name)
            try LawBreach.unlessEqual(names, (0..<40).map(String.init), "the messages of \(key) as they were seen")
        }
        try await probe.demandNothing("all was acknowledged")
    }

    /// A receive hands out as much as it was asked for.
    public static let limitsAreKept = MessageBusLaw(
        "bus.limit",
        "A receive hands out at most as many messages as it was asked for; a limit out of range is refused as invalid."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        for number in 0..<10 { try await probe.publish([number], key: try MessageKey("\(number)")) }
        for limit in [Int.min, -1, 0, StoreLimits.pageSize + 1, Int.max] {
            do {
                _ = try await probe.bus.receive(probe.mail, limit: limit, wait: .zero)
                throw LawBreach(expected: "a limit of \(limit): refused as invalid", found: "accepted")
            } catch let error as MessageBusError {
                try LawBreach.unlessEqual(error.code, .invalid, "the error of a limit of \(limit)")
            }
        }
        var names: [String] = []
        for limit in [1, 2, 3, StoreLimits.pageSize] { names += try await probe.receive(limit).map(\.message.name) }
        try LawBreach.unlessEqual(names.sorted(), (0..<10).map(String.init), "the messages of all receives")
    }

    /// Subscribing again forgets nothing.
    public static let subscribingAgainKeeps = MessageBusLaw(
        "bus.subscribed-again",
        "Subscribing again keeps what is queued, what is in somebody's hands, and how often it was delivered."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        try await probe.publish(1...2)
        let first = try await probe.receiveOne(1, attempt: 1)
        try await probe.bus.subscribe(probe.mail)
        try await probe.demandNothing("the first message is in somebody's hands")
        try await probe.settle(first, as: .retry(after: .zero))
        try await probe.bus.subscribe(probe.mail)
        let again = try await probe.receiveOne(1, attempt: 2)
        try await probe.bus.subscribe(probe.mail)
        try await probe.settle(again)
        try LawBreach.unlessEqual(try await probe.drain(), ["2"], "what is left")
    }
}
