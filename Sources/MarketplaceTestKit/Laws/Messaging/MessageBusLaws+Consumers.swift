import MarketplaceCore
import MarketplaceStorage

extension MessageBusLaws {
    private struct HandlerFailed: Error {}

    /// Behind an inbox a message takes effect once.
    public static let inboxMakesItOnce = MessageBusLaw(
        "consumer.once",
        "Behind an inbox every message takes effect once, in the order of its key, however often it is delivered."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        let keys: [MessageKey] = ["a", "b", "c"]
        var messages: [Message] = []
        for number in 0..<20 { messages += keys.map { probe.message(number, key: $0) } }
        // A publisher that crashed before it noted what it had published publishes all of it again.
        for _ in 0..<3 { try await probe.bus.publish(messages) }
        // Deliveries that nobody settles come again as well.
        _ = try await probe.receive()
        probe.clock.advance(by: MessageBusProbe.visibility)
        try await probe.consumer().consumeAvailable()
        try await probe.demandEffects(of: messages, keys: keys)
    }

    /// A message is acknowledged when it is dealt with, not before.
    public static let handlingComesBeforeAcknowledging = MessageBusLaw(
        "consumer.handled-first",
        "A message whose handler fails or is cut short comes again: nothing is acknowledged before it is dealt with."
    ) { probe in
        try await probe.bus.subscribe(probe.mail)
        let messages = try await probe.publish(0..<10)
        let failed = LawJournal<String>()
        let consumer = probe.consumer { message in
            // Every second message fails at its first attempt.
            guard (message.payload.first ?? 0).isMultiple(of: 2), !failed.entries.contains(message.name) else { return }
            failed.append(message.name)
            throw HandlerFailed()
        }
        for _ in 0..<30 {
            try await consumer.consumeAvailable()
            probe.clock.advance(by: .seconds(1))
        }
        try LawBreach.unlessEqual(failed.entries.count, 5, "how many messages failed once")
        try await probe.demandEffects(of: messages, keys: ["a"])
    }

    /// A consumer that is drained loses nothing.
    public static let drainingLosesNothing = MessageBusLaw(
        "consumer.drained",
        "A consumer that is drained ends; what it has in hand and all that follows is dealt with once by the next."
    ) { probe in
        try await probe.demandSuccession { consumer, _ in await consumer.drain() }
    }

    /// A consumer that is cancelled loses nothing.
    public static let cancellingLosesNothing = MessageBusLaw(
        "consumer.cancelled",
        "A consumer that is cancelled in the middle of its work ends; everything is dealt with once by the next."
    ) { probe in
        try await probe.demandSuccession { _, run in run.cancel() }
    }
}

extension MessageBusProbe {
    /// A consumer of the group `mail` that notes each message in the stream of its key.
    func consumer(
        attempts: Int = 3,
        _ before: @escaping @Sendable (Message) async throws -> Void = { _ in }
    ) -> MessageConsumer {
        MessageConsumer(
            mail,
            on: bus,
            inbox: Inbox("mail", store: site.store, identifiers: identifiers, wallClock: clock.wall),
            settings: MessageConsumption(
                wait: .seconds(5),
                retry: .constant(.seconds(1), attempts: attempts)
            ),
            clock: clock,
            randomness: SeededRandomSource(seed: 1)
        ) { [identifiers] message, transaction in
            try await before(message)
            let draft = EventDraft(id: identifiers.next(), name: message.name, payload: message.payload)
            transaction.append([draft], to: StreamID("law", message.key.retyped()), expecting: .any)
        }
    }

    /// Demands that each message took effect once, in the order of its key.
    func demandEffects(of messages: [Message], keys: [MessageKey]) async throws {
        for key in keys {
            let stream = StreamID("law", key.retyped())
            let effects = try await site.store.events(in: stream, from: .first, limit: StoreLimits.pageSize)
            let expected = messages.filter { $0.key == key }.map(\.name)
            try LawBreach.unlessEqual(effects.map(\.name), expected, "the effects of the messages of \(key)")
        }
    }

    /// Lets a consumer run, be stopped by `stop` at some moment, and another go on; all takes effect once, in order.
    func demandSuccession(_ stop: @escaping @Sendable (MessageConsumer, LawCall<Void>) async -> Void) async throws {
        try await bus.subscribe(mail)
        let keys: [MessageKey] = ["a", "b", "c"]
        var messages: [Message] = []
        for round in 0..<20 {
            for key in keys {
                messages += try await publish((round * 5)..<(round * 5 + 5), key: key)
            }
            let handled = LawJournal<String>()
            let consumer = consumer { message in
                handled.append(message.name)
                for _ in 0..<3 { await Task.yield() }
                try Task.checkCancellation()
            }
            let run = LawCall { try await consumer.run() }
            try await pace.settle("the consumer of round \(round) handles messages", looks: 1_000) {
                run.isOver || handled.entries.count >= round % 7
            }
            // What it is at when it is stopped is left to chance.
            await pace.stagger(round)
            await stop(consumer, run)
            try await pace.end(of: run, looks: 10, "the consumer of round \(round) ends")
            // Longer than whatever it still had in hand is withheld.
            clock.advance(by: Self.visibility)
        }
        try await consumer().consumeAvailable()
        clock.advance(by: Self.visibility)
        try await consumer().consumeAvailable()
        try await demandEffects(of: messages, keys: keys)
    }
}
