import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct InMemoryMessageBusTests {
    private let clock = ManualClock()
    private let bus: InMemoryMessageBus
    private let subscription = MessageSubscription(group: "mail", topics: ["orders"], visibility: .seconds(30))

    init() {
        bus = InMemoryMessageBus(clock: clock)
    }

    private func message(_ number: Int, key: MessageKey = "a", topic: MessageTopic = "orders") -> Message {
        Message(
            id: MessageID(bits: UInt128(number)),
            topic: topic,
            key: key,
            name: "m\(number)",
            payload: [],
            time: clock.wall.now
        )
    }

    private func receive(_ limit: Int = 10) async throws -> [MessageDelivery] {
        try await bus.receive(subscription, limit: limit, wait: .zero)
    }

    private func receiveOne() async throws -> MessageDelivery {
        try #require(try await receive(1).first)
    }

    @Test func messagesOfOneKeyComeOneAfterTheOther() async throws {
        try await bus.subscribe(subscription)
        try await bus.publish([message(1), message(2), message(3)])
        for number in 1...3 {
            let deliveries = try await receive()
            #expect(deliveries.map(\.message.name) == ["m\(number)"])
            #expect(try await receive().isEmpty)
            #expect(try await bus.settle(deliveries[0], as: .acknowledge) == .settled)
        }
        #expect(bus.unsettledCount(of: "mail") == 0)
    }

    @Test func messagesOfDifferentKeysComeTogether() async throws {
        try await bus.subscribe(subscription)
        try await bus.publish([message(1, key: "a"), message(2, key: "b"), message(3, key: "a")])
        #expect(try await receive().map(\.message.name) == ["m1", "m2"])
    }

    @Test func everyGroupGetsEveryMessage() async throws {
        let other = MessageSubscription(group: "audit", topics: ["orders"])
        try await bus.subscribe(subscription)
        try await bus.subscribe(other)
        try await bus.publish([message(1), message(2, topic: "carts")])
        #expect(try await receive().map(\.message.name) == ["m1"])
        #expect(try await bus.receive(other, limit: 10, wait: .zero).map(\.message.name) == ["m1"])
    }

    @Test func aDeliveryThatIsNotSettledInTimeComesAgain() async throws {
        try await bus.subscribe(subscription)
        try await bus.publish([message(1)])
        let first = try await receiveOne()
        clock.advance(by: .seconds(29))
        #expect(try await receive().isEmpty)
        clock.advance(by: .seconds(1))
        let second = try await receiveOne()
        #expect(second.attempt == 2)
        #expect(try await bus.settle(first, as: .acknowledge) == .notHeld)
        #expect(try await bus.settle(second, as: .acknowledge) == .settled)
        #expect(try await bus.settle(second, as: .acknowledge) == .notHeld)
    }

    @Test func aRetryComesAfterItsWaitAndBeforeLaterMessagesOfItsKey() async throws {
        try await bus.subscribe(subscription)
        try await bus.publish([message(1), message(2)])
        _ = try await bus.settle(try await receiveOne(), as: .retry(after: .seconds(5)))
        #expect(try await receive().isEmpty)
        clock.advance(by: .seconds(5))
        let again = try await receiveOne()
        #expect(again.message.name == "m1")
        #expect(again.attempt == 2)
    }

    @Test func aDeadLetterParksTheRestOfItsKeyBehindItAndNoOtherKey() async throws {
        try await bus.subscribe(subscription)
        try await bus.publish([message(1), message(2), message(3, key: "b")])
        _ = try await bus.settle(try await receiveOne(), as: .deadLetter(reason: "no such product"))
        try await bus.publish([message(4)])
        #expect(try await receive().map(\.message.name) == ["m3"])
        let letters = try await bus.deadLetters(of: "mail", limit: 10)
        #expect(letters.map(\.message.name) == ["m1", "m2", "m4"])
        #expect(letters.map(\.attempts) == [1, 0, 0])
        #expect(letters[0].cause == .poisoned(reason: "no such product"))
        #expect(letters[1].cause == .behind(MessageID(bits: 1)))
        #expect(try await bus.deadLetters(of: "mail", after: letters[0].sequence, limit: 1) == [letters[1]])
    }

    @Test func aRequeuedDeadLetterBringsTheRestOfItsKeyBackInOrder() async throws {
        try await bus.subscribe(subscription)
        try await bus.publish([message(1), message(2)])
        _ = try await bus.settle(try await receiveOne(), as: .deadLetter(reason: "a bug"))
        try await bus.publish([message(3)])
        #expect(try await bus.requeue(MessageID(bits: 2), of: "mail") == false)
        #expect(try await bus.requeue(MessageID(bits: 1), of: "mail"))
        for number in 1...3 {
            let delivery = try await receiveOne()
            #expect(delivery.message.name == "m\(number)")
            #expect(delivery.attempt == 1)
            _ = try await bus.settle(delivery, as: .acknowledge)
        }
        #expect(try await bus.deadLetters(of: "mail", limit: 10).isEmpty)
    }

    @Test func aDiscardedDeadLetterLetsTheRestOfItsKeyFlowOn() async throws {
        try await bus.subscribe(subscription)
        try await bus.publish([message(1), message(2)])
        _ = try await bus.settle(try await receiveOne(), as: .deadLetter(reason: "nonsense"))
        let discarded = try await bus.discard(MessageID(bits: 1), of: "mail")
        #expect(discarded?.cause == .poisoned(reason: "nonsense"))
        #expect(try await receiveOne().message.name == "m2")
    }

    @Test func withTheWaitingPolicyLaterMessagesStayInTheQueue() async throws {
        let waiting = MessageSubscription(group: "mail", topics: ["orders"], parking: .waiting)
        try await bus.subscribe(waiting)
        try await bus.publish([message(1), message(2)])
        _ = try await bus.settle(try await receiveOne(), as: .deadLetter(reason: "a bug"))
        #expect(try await receive().isEmpty)
        #expect(try await bus.deadLetters(of: "mail", limit: 10).map(\.message.name) == ["m1"])
        #expect(bus.unsettledCount(of: "mail") == 1)
        _ = try await bus.discard(MessageID(bits: 1), of: "mail")
        #expect(try await receiveOne().message.name == "m2")
    }

    @Test func aFullGroupRefusesTheWholeBatch() async throws {
        let small = InMemoryMessageBus(clock: clock, capacity: 2)
        try await small.subscribe(subscription)
        try await small.publish([message(1)])
        let error = await #expect(throws: MessageBusError.self) { try await small.publish([message(2), message(3)]) }
        #expect(error?.code == .full)
        #expect(error?.isRetriable == true)
        #expect(small.unsettledCount(of: "mail") == 1)
    }

    @Test func aReceiverThatWaitsIsWokenByAMessage() async throws {
        try await bus.subscribe(subscription)
        async let received = bus.receive(subscription, limit: 1, wait: .seconds(60))
        await clock.waitForSleepers()
        try await bus.publish([message(1)])
        #expect(try await received.map(\.message.name) == ["m1"])
    }

    @Test func aReceiverThatWaitsIsWokenByARedelivery() async throws {
        try await bus.subscribe(subscription)
        try await bus.publish([message(1)])
        _ = try await receiveOne()
        async let received = bus.receive(subscription, limit: 1, wait: .seconds(60))
        await clock.waitForSleepers()
        clock.advance(by: .seconds(30))
        #expect(try await received.map(\.attempt) == [2])
    }

    @Test func aReceiverGivesUpAfterItsWait() async throws {
        try await bus.subscribe(subscription)
        async let received = bus.receive(subscription, limit: 1, wait: .seconds(60))
        await clock.waitForSleepers()
        clock.advance(by: .seconds(60))
        #expect(try await received.isEmpty)
    }

    @Test func aCancelledReceiverReturnsAndTakesNothing() async throws {
        try await bus.subscribe(subscription)
        let receiver = Task { try await bus.receive(subscription, limit: 1, wait: .seconds(60)) }
        await clock.waitForSleepers()
        receiver.cancel()
        #expect(try await receiver.value.isEmpty)
        try await bus.publish([message(1)])
        #expect(try await receive().count == 1)
    }

    @Test func groupsThatHaveNotSubscribedAreRefused() async throws {
        let error = await #expect(throws: MessageBusError.self) { try await receive() }
        #expect(error?.code == .notSubscribed)
        #expect(error?.effect == .refused)
    }

    @Test func manyReceiversShareTheMessagesAndKeepTheOrderOfEachKey() async throws {
        try await bus.subscribe(subscription)
        let keys: [MessageKey] = ["a", "b", "c", "d", "e"]
        try await bus.publish((1...500).map { message($0, key: keys[$0 % keys.count]) })
        let seen = try await withThrowingTaskGroup(of: [MessageDelivery].self) { group in
            for _ in 1...4 {
                group.addTask {
                    var own: [MessageDelivery] = []
                    while true {
                        let deliveries = try await receive(3)
                        if deliveries.isEmpty, bus.unsettledCount(of: "mail") == 0 { return own }
                        for delivery in deliveries { _ = try await bus.settle(delivery, as: .acknowledge) }
                        own += deliveries
                        await Task.yield()
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        // Receipts rise with every delivery, so their order is the order of deliveries.
        let ordered = seen.sorted { (UInt64($0.receipt) ?? 0) < (UInt64($1.receipt) ?? 0) }
        #expect(ordered.count == 500)
        for key in keys {
            let numbers = ordered.filter { $0.message.key == key }.map(\.message.id)
            #expect(numbers == numbers.sorted())
        }
    }
}
