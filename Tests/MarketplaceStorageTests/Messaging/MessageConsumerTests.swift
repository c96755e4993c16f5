import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

struct MessageConsumerTests {
    private struct Broken: Error {}

    private let world = World()
    private let bus: InMemoryMessageBus
    private let subscription = MessageSubscription(group: "mail", topics: ["order", "orders"])

    init() {
        bus = InMemoryMessageBus(clock: world.clock)
    }

    private func consumer(
        attempts: Int = 3,
        observer: any Observer = .silent,
        _ handler: @escaping MessageConsumer.Handler
    ) -> MessageConsumer {
        MessageConsumer(
            subscription,
            on: bus,
            inbox: Inbox("mail", store: world.store, identifiers: world.identifiers, wallClock: world.clock.wall),
            settings: MessageConsumption(
                retry: .constant(.seconds(1), attempts: attempts)
            ),
            clock: world.clock,
            observer: observer,
            handler: handler
        )
    }

    private func message(_ number: Int, key: MessageKey = "a") -> Message {
        Message(
            id: MessageID(bits: UInt128(number)),
            topic: "orders",
            key: key,
            name: "m\(number)",
            payload: [],
            time: world.clock.wall.now
        )
    }

    @Test func duplicatesOnTheBusHaveOneEffectBehindTheInbox() async throws {
        try await bus.subscribe(subscription)
        try await world.record(1...10, in: [StreamID("order", "a"), StreamID("order", "b")])
        // The relay crashes after each publication and before its checkpoint, then a second one does it all again.
        for commit in 1...3 {
            world.fail(commit..<(commit + 3), with: .loseRequest)
            let relay = OutboxRelay(
                "main",
                store: world.store,
                bus: bus,
                signal: world.base,
                identifiers: world.identifiers,
                wallClock: world.clock.wall,
                reading: FeedReading(batchSize: 4)
            )
            _ = try? await relay.catchUp()
        }
        #expect(bus.unsettledCount(of: "mail") > 10)
        world.store.reset()
        let seen = Journal<String>()
        let deliveries = try await consumer { message, transaction in
            transaction.add(1, to: CounterKey(stringLiteral: "effect/\(message.name)"))
            transaction.append(
                [EventDraft(id: world.identifiers.next(), name: message.name, payload: [])],
                to: StreamID("mails", message.key.retyped()),
                expecting: .any
            )
            seen.append(message.name)
        }.consumeAvailable()
        #expect(deliveries > 10)
        for stream in ["order/a", "order/b"] {
            let mails = try await world.base.events(
                in: StreamID("mails", TextKey(stringLiteral: stream)),
                from: .first,
                limit: 100
            )
            let numbers = mails.compactMap { Int($0.name.dropFirst()) }
            #expect(numbers == numbers.sorted())
            #expect(Set(numbers).count == 5)
            #expect(numbers.count == 5)
        }
        #expect(Set(seen.entries).count == seen.entries.count)
    }

    @Test func aMessageIsTriedAgainUpToTheLimitAndThenParked() async throws {
        try await bus.subscribe(subscription)
        try await bus.publish([message(1), message(2), message(3, key: "b")])
        let seen = Journal<String>()
        let consumer = consumer { message, _ in
            seen.append(message.name)
            if message.name == "m1" { throw Broken() }
        }
        for _ in 1...5 {
            try await consumer.consumeAvailable()
            world.clock.advance(by: .seconds(1))
        }
        #expect(seen.entries.sorted() == ["m1", "m1", "m1", "m3"])
        let letters = try await bus.deadLetters(of: "mail", limit: 10)
        #expect(letters.map(\.message.name) == ["m1", "m2"])
        #expect(letters.first?.attempts == 3)
    }

    @Test func everySettlementIsTold() async throws {
        try await bus.subscribe(subscription)
        try await bus.publish([message(1), message(2, key: "b")])
        let notebook = Notebook()
        let consumer = consumer(attempts: 2, observer: notebook) { message, _ in
            if message.name == "m1" { throw Broken() }
        }
        for _ in 1...3 {
            try await consumer.consumeAvailable()
            world.clock.advance(by: .seconds(1))
        }
        let first = notebook.events(MessageSettled.self).filter { $0.message == MessageID(bits: 1) }
        #expect(first.map(\.attempt) == [1, 2])
        #expect(first.first?.settlement == .retry(after: .seconds(1)))
        let kinds = Set(notebook.labels.map { $0["settlement"] })
        #expect(kinds == [.text("acknowledged"), .text("retry"), .text("dead letter")])
    }

    @Test func aMessageThatIsRefusedIsParkedAtOnce() async throws {
        try await bus.subscribe(subscription)
        try await bus.publish([message(1)])
        try await consumer { _, _ in throw Refused("no such order") }.consumeAvailable()
        let letter = try #require(try await bus.deadLetters(of: "mail", limit: 1).first)
        #expect(letter.attempts == 1)
        guard case .poisoned(let reason) = letter.cause else {
            Issue.record("it is parked behind another message")
            return
        }
        #expect(reason.contains("no such order"))
    }

    @Test func aStoreThatIsDownParksNothingHoweverOftenItIsTried() async throws {
        try await bus.subscribe(subscription)
        try await bus.publish([message(1)])
        world.fail(1...100, with: .unavailable)
        let consumer = consumer(attempts: 2) { _, transaction in transaction.add(1, to: "effects") }
        for _ in 1...10 {
            try await consumer.consumeAvailable()
            world.clock.advance(by: .seconds(1))
        }
        #expect(world.store.firedFaults.count >= 10)
        #expect(try await bus.deadLetters(of: "mail", limit: 1).isEmpty)
        world.store.reset()
        try await consumer.consumeAvailable()
        #expect(try await world.base.counter("effects") == 1)
    }

    @Test func runningConsumesWhatComesUntilItIsDrained() async throws {
        let seen = Journal<String>()
        let consumer = consumer { message, _ in seen.append(message.name) }
        let run = Task { try await consumer.run() }
        await world.clock.waitForSleepers()
        try await bus.publish([message(1), message(2)])
        while bus.unsettledCount(of: "mail") > 0 { await Task.yield() }
        await consumer.drain()
        try await run.value
        #expect(seen.entries == ["m1", "m2"])
    }

    @Test func aCancelledRunReturnsAndGivesBackWhatItHad() async throws {
        let entered = Journal<String>()
        let consumer = consumer { message, _ in
            entered.append(message.name)
            try await world.clock.sleep(for: .seconds(1_000))
        }
        let run = Task { try await consumer.run() }
        await world.clock.waitForSleepers()
        try await bus.publish([message(1)])
        while entered.entries.isEmpty { await Task.yield() }
        run.cancel()
        try await run.value
        let deliveries = try await bus.receive(subscription, limit: 1, wait: .zero)
        #expect(deliveries.map(\.attempt) == [2])
    }
}
