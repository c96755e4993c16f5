import Marketplace
import Testing

struct MessagingGuide {
    @Test func anEventReachesAnotherStoreOnce() async throws {
        // guide: Messaging
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        let (shop, statistics) = (InMemoryStore(), InMemoryStore())
        let bus = InMemoryMessageBus()
        let relay = OutboxRelay(
            "shop",
            store: shop,
            bus: bus,
            signal: shop,
            identifiers: identifiers,
            wallClock: clock
        )
        let inbox = Inbox("statistics", store: statistics, identifiers: identifiers, wallClock: clock)
        let consumer = MessageConsumer(
            MessageSubscription(group: "statistics", topics: ["order"]),
            on: bus,
            inbox: inbox
        ) { message, transaction in
            if message.name == "OrderCreated" { transaction.add(1, to: "orders") }
        }
        // end of guide

        // guide: By hand
        try await consumer.consumeAvailable()  // subscribes: from now on the bus keeps messages for this group
        let orders = Repository(of: Order.self, in: shop, codec: .json, identifiers: identifiers)
        let (id, buyer): (OrderID, MemberID) = (identifiers.next(), identifiers.next())
        let price = Money(minorUnits: 4_500, .krw)
        let line = OrderLine(sku: "espresso", quantity: .one, unitPrice: price)
        try await orders.handle(
            ActorCommand(.create(id: id, buyer: buyer, lines: [line]), by: .buyer(buyer), at: clock.now),
            on: id,
            key: "request-17",
            at: clock.now
        )
        try await relay.catchUp()
        try await consumer.consumeAvailable()
        let counted = try await statistics.counter("orders")  // 1
        // end of guide
        #expect(counted == 1)

        // guide: What goes wrong
        let lag = try await relay.lag()
        let dead = try await bus.deadLetters(of: "statistics", after: 0, limit: 100)
        for letter in dead {
            guard case .poisoned(let reason) = letter.cause else { continue }
            print(letter.message.name, reason)
            try await bus.requeue(letter.message.id, of: "statistics")
        }
        try await inbox.sweep()  // forgets the ids of messages whose retention is over
        // end of guide
        #expect(lag.isCaughtUp)
        #expect(dead.isEmpty)

        let event = try #require(try await shop.events(in: orders.stream(of: id), from: .first, limit: 1).first)
        let message = Message(event, topic: "order")
        // guide: The inbox alone
        let first = try await inbox.handle(message) { transaction in transaction.add(1, to: "orders") }
        // end of guide
        #expect(first == .duplicate)
        #expect(try await statistics.counter("orders") == 1)
    }
}
