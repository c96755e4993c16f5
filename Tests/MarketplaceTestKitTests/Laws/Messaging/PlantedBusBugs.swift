import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit

/// The planted bugs, at least one for each law of message buses.
enum PlantedBusBugs {
    /// Long enough for a call that is woken on a busy machine, for nothing but a call that is stuck takes longer.
    static let patience = Duration.milliseconds(300)

    static let all = delivery + order + settlement + waiting + consumers

    static func site(
        patience: Duration = Self.patience,
        _ alter: (inout AlteredBus, ManualClock) -> Void = { _, _ in }
    ) -> DeadLetterBusSite {
        let clock = ManualClock()
        var bus = AlteredBus(clock: clock)
        alter(&bus, clock)
        let store = InMemoryStore(wallClock: clock.wall, clock: clock)
        return DeadLetterBusSite(bus, store: store, clock: clock, patience: patience)
    }

    static func busSite(
        patience: Duration = Self.patience,
        _ alter: (inout AlteredBus, ManualClock) -> Void = { _, _ in }
    ) -> MessageBusSite {
        let clock = ManualClock()
        var bus = AlteredBus(clock: clock)
        alter(&bus, clock)
        let store = InMemoryStore(wallClock: clock.wall, clock: clock)
        return MessageBusSite(bus, store: store, clock: clock, patience: patience)
    }

    private static func bug(
        _ law: MessageBusLaw,
        _ name: String,
        _ alter: @escaping @Sendable (inout AlteredBus, ManualClock) -> Void
    ) -> PlantedBug<MessageBusSite> {
        PlantedBug(law, name) { busSite(alter) }
    }

    private static let delivery = [
        bug(MessageBusLaws.everyGroupGetsEveryMessage, "all groups share one queue") { bus, _ in
            bus.onSubscribe = { (subscription, base) async throws(MessageBusError) in
                try await base.subscribe(MessageSubscription(group: "one", topics: subscription.topics))
            }
            bus.onReceive = { (subscription, limit, wait, base) async throws(MessageBusError) in
                let one = MessageSubscription(group: "one", topics: subscription.topics)
                let deliveries = try await base.receive(one, limit: limit, wait: wait)
                return deliveries.map { $0.changing(group: subscription.group) }
            }
            bus.onSettle = { (delivery, settlement, base) async throws(MessageBusError) in
                try await base.settle(delivery.changing(group: "one"), as: settlement)
            }
        },
        bug(MessageBusLaws.everyGroupGetsEveryMessage, "topics do not count") { bus, _ in
            bus.onPublish = { (messages, base) async throws(MessageBusError) in
                try await base.publish(messages.map { $0.changing(topic: "orders") })
            }
        },
        bug(MessageBusLaws.messagesComeBackWhole, "headers are not carried") { bus, _ in
            bus.onPublish = { (messages, base) async throws(MessageBusError) in
                try await base.publish(messages.map { $0.changing(headers: ContextHeaders()) })
            }
        },
        bug(MessageBusLaws.groupsShareMessages, "what one member has is handed to others too") { bus, _ in
            let last = Shared<[MessageDelivery]>([])
            bus.onReceive = { (subscription, limit, wait, base) async throws(MessageBusError) in
                let deliveries = try await base.receive(subscription, limit: limit, wait: wait)
                return last.withLock { last in
                    let others = deliveries.isEmpty ? last : deliveries
                    last = deliveries
                    return others
                }
            }
        },
        bug(MessageBusLaws.limitsAreKept, "limits out of range are moved into it") { bus, _ in
            bus.onReceive = { (subscription, limit, wait, base) async throws(MessageBusError) in
                try await base.receive(subscription, limit: min(max(limit, 1), StoreLimits.pageSize), wait: wait)
            }
        },
        bug(MessageBusLaws.limitsAreKept, "limits do not count") { bus, _ in
            bus.onReceive = { (subscription, limit, wait, base) async throws(MessageBusError) in
                try await base.receive(subscription, limit: limit == 1 ? 2 : limit, wait: wait)
            }
        },
        bug(MessageBusLaws.subscribingAgainKeeps, "who subscribes again gets what others have in hand") { bus, _ in
            let inHand = Shared<[MessageDelivery]>([])
            bus.onReceive = { (subscription, limit, wait, base) async throws(MessageBusError) in
                let deliveries = try await base.receive(subscription, limit: limit, wait: wait)
                inHand.withLock { $0 += deliveries }
                return deliveries
            }
            bus.onSubscribe = { (subscription, base) async throws(MessageBusError) in
                try await base.subscribe(subscription)
                for delivery in inHand.withLock({ $0 }) {
                    _ = try await base.settle(delivery, as: .retry(after: .zero))
                }
            }
        },
    ]
    private static let order = [
        bug(MessageBusLaws.keysKeepTheirOrder, "a batch is published back to front") { bus, _ in
            bus.onPublish = { (messages, base) async throws(MessageBusError) in
                try await base.publish(messages.reversed())
            }
        },
        bug(MessageBusLaws.keysKeepTheirOrder, "a key does not hold its messages together") { bus, _ in
            let number = Shared(0)
            bus.onPublish = { (messages, base) async throws(MessageBusError) in
                try await base.publish(
                    messages.map { message in
                        let next = number.withLock { number in
                            number += 1
                            return number
                        }
                        return message.changing(key: MessageKey(stringLiteral: "\(message.key) \(next)"))
                    }
                )
            }
        },
        bug(MessageBusLaws.keysDoNotWaitForEachOther, "the case of keys does not count") { bus, _ in
            bus.onPublish = { (messages, base) async throws(MessageBusError) in
                try await base.publish(
                    messages.map { $0.changing(key: MessageKey(stringLiteral: $0.key.text.lowercased())) }
                )
            }
        },
        bug(MessageBusLaws.redeliveryKeepsTheOrder, "a retry goes to the end of the queue") { bus, _ in
            bus.onSettle = { (delivery, settlement, base) async throws(MessageBusError) in
                guard case .retry = settlement else { return try await base.settle(delivery, as: settlement) }
                try await base.publish([delivery.message])
                return try await base.settle(delivery, as: .acknowledge)
            }
        },
        bug(MessageBusLaws.deadLettersHoldTheirKey, "later messages overtake a dead letter") { bus, _ in
            bus.onSettle = { (delivery, settlement, base) async throws(MessageBusError) in
                guard case .deadLetter = settlement else { return try await base.settle(delivery, as: settlement) }
                return try await base.settle(delivery, as: .acknowledge)
            }
        },
    ]
    private static let settlement = [
        bug(MessageBusLaws.unsettledMessagesComeAgain, "a message is acknowledged when it is handed out") { bus, _ in
            bus.onReceive = acknowledgingAtOnce
        },
        bug(MessageBusLaws.acknowledgedMessagesStayAway, "acknowledgements are not kept") { bus, _ in
            bus.onSettle = { (delivery, settlement, base) async throws(MessageBusError) in
                settlement == .acknowledge ? .settled : try await base.settle(delivery, as: settlement)
            }
        },
        bug(MessageBusLaws.retriesWait, "a retry comes at once") { bus, _ in
            bus.onSettle = { (delivery, settlement, base) async throws(MessageBusError) in
                guard case .retry = settlement else { return try await base.settle(delivery, as: settlement) }
                return try await base.settle(delivery, as: .retry(after: .zero))
            }
        },
        bug(MessageBusLaws.staleSettlementsDoNotCount, "a settlement that comes too late is called settled") { bus, _ in
            bus.onSettle = { (delivery, settlement, base) async throws(MessageBusError) in
                _ = try await base.settle(delivery, as: settlement)
                return .settled
            }
        },
    ]
    private static let waiting = [
        bug(MessageBusLaws.messagesWake, "nobody is woken") { bus, clock in bus.onReceive = sleepingThrough(clock) },
        bug(MessageBusLaws.freedMessagesWake, "who waits looks again at its deadline only") { bus, clock in
            bus.onReceive = sleepingThrough(clock)
        },
        bug(MessageBusLaws.waitsEnd, "nobody waits") { bus, _ in
            bus.onReceive = { (subscription, limit, _, base) async throws(MessageBusError) in
                try await base.receive(subscription, limit: limit, wait: .zero)
            }
        },
        bug(MessageBusLaws.waitsEnd, "a wait takes longer than it may") { bus, _ in
            bus.onReceive = { (subscription, limit, wait, base) async throws(MessageBusError) in
                try await base.receive(subscription, limit: limit, wait: wait * 2)
            }
        },
        bug(MessageBusLaws.cancelledReceiversLoseNothing, "a cancelled receiver takes its messages along") { bus, _ in
            bus.onReceive = losingWhenCancelled
        },
    ]
    private static let consumers = [
        bug(MessageBusLaws.inboxMakesItOnce, "every delivery has an id of its own") { bus, _ in
            let identifiers = SeededIdentifiers(seed: 2)
            bus.onReceive = { (subscription, limit, wait, base) async throws(MessageBusError) in
                let deliveries = try await base.receive(subscription, limit: limit, wait: wait)
                return deliveries.map { $0.changing(message: $0.message.changing(id: identifiers.next())) }
            }
        },
        bug(MessageBusLaws.handlingComesBeforeAcknowledging, "a message is acknowledged when it is handed out") {
            bus,
            _ in bus.onReceive = acknowledgingAtOnce
        },
        bug(MessageBusLaws.drainingLosesNothing, "a cancelled receiver takes its messages along") { bus, _ in
            bus.onReceive = losingWhenCancelled
        },
        bug(MessageBusLaws.cancellingLosesNothing, "a message is acknowledged when it is handed out") { bus, _ in
            bus.onReceive = acknowledgingAtOnce
        },
    ]

    private static let acknowledgingAtOnce: AlteredBus.Receive = {
        (subscription, limit, wait, base) async throws(MessageBusError) in
        let deliveries = try await base.receive(subscription, limit: limit, wait: wait)
        for delivery in deliveries { _ = try await base.settle(delivery, as: .acknowledge) }
        return deliveries
    }

    private static let losingWhenCancelled: AlteredBus.Receive = {
        (subscription, limit, wait, base) async throws(MessageBusError) in
        let deliveries = try await base.receive(subscription, limit: limit, wait: wait)
        for _ in 0..<200 { await Task.yield() }
        guard Task.isCancelled else { return deliveries }
        for delivery in deliveries { _ = try await base.settle(delivery, as: .acknowledge) }
        return []
    }

    private static func sleepingThrough(_ clock: ManualClock) -> AlteredBus.Receive {
        { (subscription, limit, wait, base) async throws(MessageBusError) in
            let deliveries = try await base.receive(subscription, limit: limit, wait: .zero)
            if !deliveries.isEmpty { return deliveries }
            // The only error of the clock is the cancellation, which ends the wait.
            try? await clock.sleep(for: wait)
            return try await base.receive(subscription, limit: limit, wait: .zero)
        }
    }
}
