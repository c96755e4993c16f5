import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit

extension PlantedBusBugs {
    private static func bug(
        _ law: DeadLetterBusLaw,
        _ name: String,
        _ alter: @escaping @Sendable (inout AlteredBus, ManualClock) -> Void
    ) -> PlantedBug<DeadLetterBusSite> {
        PlantedBug(law, name) { site(alter) }
    }

    static let deadLetters = [
        bug(DeadLetterBusLaws.deadLettersAreListed, "a page begins at its place, not behind it") { bus, _ in
            bus.onList = { (group, sequence, limit, base) async throws(MessageBusError) in
                try await base.deadLetters(of: group, after: max(sequence, 1) - 1, limit: limit)
            }
        },
        bug(DeadLetterBusLaws.deadLettersAreListed, "reasons are not kept") { bus, _ in
            bus.onSettle = { (delivery, settlement, base) async throws(MessageBusError) in
                guard case .deadLetter = settlement else { return try await base.settle(delivery, as: settlement) }
                return try await base.settle(delivery, as: .deadLetter(reason: ""))
            }
        },
        bug(DeadLetterBusLaws.laterMessagesParkBehind, "later messages always wait") { bus, _ in
            bus.onSubscribe = { (subscription, base) async throws(MessageBusError) in
                try await base.subscribe(subscription.changing(parking: .waiting))
            }
        },
        bug(DeadLetterBusLaws.laterMessagesMayWait, "later messages are always parked") { bus, _ in
            bus.onSubscribe = { (subscription, base) async throws(MessageBusError) in
                try await base.subscribe(subscription.changing(parking: .behind))
            }
        },
        bug(DeadLetterBusLaws.requeuedMessagesComeInOrder, "what is put back goes to the end") { bus, _ in
            bus.onRequeue = { (message, group, base) async throws(MessageBusError) in
                guard let letter = try await base.discard(message, of: group) else { return false }
                try await base.publish([letter.message])
                return true
            }
        },
        bug(DeadLetterBusLaws.discardedMessagesLetGo, "what is given up comes again") { bus, _ in
            bus.onDiscard = { (message, group, base) async throws(MessageBusError) in
                let letters = try await base.deadLetters(of: group, limit: StoreLimits.pageSize)
                _ = try await base.requeue(message, of: group)
                return letters.first { $0.message.id == message }
            }
        },
        bug(DeadLetterBusLaws.hopelessMessagesAreGivenUp, "attempts are not counted") { bus, _ in
            bus.onReceive = { (subscription, limit, wait, base) async throws(MessageBusError) in
                try await base.receive(subscription, limit: limit, wait: wait).map { $0.changing(attempt: 1) }
            }
        },
    ]
}

extension MessageSubscription {
    fileprivate func changing(parking: MessageParking) -> MessageSubscription {
        MessageSubscription(group: group, topics: topics, visibility: visibility, parking: parking)
    }
}
