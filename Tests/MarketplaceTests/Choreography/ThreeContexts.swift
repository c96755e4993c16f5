import Marketplace
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// Three contexts, each with its own store, joined by nothing but a bus.
struct ThreeContexts: Sendable {
    let clock = ManualClock()
    let queue: InMemoryMessageBus
    let bus: UnrulyBus
    let stores: [InMemoryStore]
    let inventory: StoreInventory
    let gateway: ScriptedPaymentGateway

    init(stock: Quantity, _ script: GatewayScript = .approving, seed: UInt64 = 1, isUnruly: Bool = false) async throws {
        let clock = clock
        queue = InMemoryMessageBus(clock: clock)
        bus = UnrulyBus(queue, seed: isUnruly ? seed : nil)
        stores = (0..<3).map { _ in InMemoryStore(wallClock: clock.wall, clock: clock) }
        gateway = ScriptedPaymentGateway(script, seed: seed, clock: clock)
        inventory = StoreInventory(store: stores[2], codec: .json)
        try await inventory.record(
            .restock(id: MovementID(bits: 1), sku: "espresso", quantity: stock, at: clock.wall.now)
        )
        let purchases = purchases()
        for participant in [purchases.orders, purchases.payments, purchases.stock] as [any ChoreographyParticipant] {
            try await participant.join()
        }
    }

    /// The participants of one process, over stores that may fail.
    func purchases(
        over failing: [any Store]? = nil,
        at other: (any PaymentGateway)? = nil,
        seed: UInt64 = 1
    ) -> PayFirstChoreography {
        let stores = failing ?? stores
        let contexts = stores.enumerated().map { index, store in
            ParticipantContext(
                store: store,
                bus: bus,
                codec: .json,
                identifiers: SeededIdentifiers(seed: seed &* 31 &+ UInt64(index)),
                signal: self.stores[index],
                randomness: SeededRandomSource(seed: seed),
                wallClock: clock.wall,
                clock: clock
            )
        }
        return PayFirstChoreography(
            orders: contexts[0],
            payments: contexts[1],
            stock: contexts[2],
            gateway: other ?? gateway,
            inventory: StoreInventory(store: stores[2], codec: .json)
        )
    }

    /// Lets messages flow, and time pass for those that are delivered again later, until nothing moves any more.
    func settle(_ purchases: PayFirstChoreography) async throws {
        var quiet = 0
        while quiet < 3 {
            let count = try await clock.advancing { try await purchases.catchUp() }
            quiet = count == 0 ? quiet + 1 : 0
            clock.advance(by: .minutes(2))
        }
    }

    func order(_ request: CheckoutRequest) async throws -> Order {
        try await repository(0).load(request.order).root
    }

    func payment(_ request: CheckoutRequest) async throws -> Payment {
        try await repository(1).load(PaymentID(bits: request.order.bits)).root
    }

    private func repository<Root: Aggregate>(_ index: Int) -> Repository<Root> {
        Repository(in: stores[index], codec: .json, identifiers: SeededIdentifiers(seed: 9))
    }

    func deadLetters(of group: ConsumerGroup) async throws -> [DeadLetter] {
        try await queue.deadLetters(of: group, limit: 100)
    }

    /// Money, stock, order and payment tell the same story: all of the purchase, or nothing.
    @discardableResult
    func expectAllOrNothing(_ request: CheckoutRequest, _ comment: String = "") async throws -> Bool {
        let order = try await order(request)
        let payment = try await payment(request)
        let moved = try gateway.entries().totals()[PaymentID(bits: request.order.bits)]
        let reservation = try await inventory.reservation(ReservationID(bits: request.order.bits))?.state
        guard order.status == .confirmed else {
            #expect(order.status == .failed, "\(comment)")
            #expect([nil, .failed, .voided, .refunded].contains(payment.status), "\(comment)")
            #expect(reservation == nil || reservation == .released, "\(comment)")
            if let moved {
                #expect(moved.captured == moved.refunded, "\(comment): money is kept")
                #expect(try moved.authorized == moved.captured + moved.voided, "\(comment): money is set aside")
            }
            return false
        }
        #expect(payment.status == .captured, "\(comment)")
        #expect(moved?.captured == order.total, "\(comment)")
        #expect(moved?.refunded.isZero == true, "\(comment)")
        #expect(reservation == .allocated, "\(comment)")
        return true
    }
}

/// A bus that publishes messages more than once, those of different keys in any order, and loses settlements: all that
/// a bus is allowed to do.
final class UnrulyBus: MessageBus {
    private let base: InMemoryMessageBus
    private let generator: Mutex<SeededGenerator?>

    /// The number of messages that were published once more than asked for.
    let repetitions = Mutex(0)

    init(_ base: InMemoryMessageBus, seed: UInt64?) {
        self.base = base
        generator = Mutex(seed.map(SeededGenerator.init(seed:)))
    }

    func publish(_ messages: [Message]) async throws(MessageBusError) {
        let order = mixed(messages)
        try await base.publish(order)
        if isTime(oneIn: 2) {
            repetitions.withLock { $0 += order.count }
            try await base.publish(order)
        }
        // Taken, but the relay does not know: it publishes the batch again.
        if isTime(oneIn: 5) { throw MessageBusError(.timedOut, "the answer was lost") }
    }

    func subscribe(_ subscription: MessageSubscription) async throws(MessageBusError) {
        try await base.subscribe(subscription)
    }

    func receive(
        _ subscription: MessageSubscription,
        limit: Int,
        wait: Duration
    ) async throws(MessageBusError) -> [MessageDelivery] {
        try await base.receive(subscription, limit: limit, wait: wait)
    }

    func settle(
        _ delivery: MessageDelivery,
        as settlement: MessageSettlement
    ) async throws(MessageBusError) -> SettlementOutcome {
        // The settlement is lost: the message is delivered again after its visibility.
        if isTime(oneIn: 5) { return .notHeld }
        return try await base.settle(delivery, as: settlement)
    }

    /// The messages with their keys in random order; those of one key stay in theirs.
    private func mixed(_ messages: [Message]) -> [Message] {
        var ranks: [[String]: UInt64] = [:]
        generator.withLock { generator in
            for message in messages { ranks[Self.sequence(message)] = generator?.next() ?? 0 }
        }
        let ranked = messages.enumerated().map { (rank: ranks[Self.sequence($0.element)] ?? 0, $0.offset, $0.element) }
        return ranked.sorted { ($0.rank, $0.1) < ($1.rank, $1.1) }.map(\.2)
    }

    private static func sequence(_ message: Message) -> [String] { [message.topic.text, message.key.text] }

    private func isTime(oneIn odds: UInt64) -> Bool {
        generator.withLock { $0?.next(through: odds - 1) == 0 }
    }
}
