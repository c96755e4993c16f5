import Marketplace
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// The events that others subscribe to, from a public command to a subscriber in another store.
@Suite struct DeliveredEventTests {
    /// The names that subscribers know.
    static let names = [
        "MemberCreated", "MemberUpdated", "MemberDisabled", "EnterpriseCreated", "EnterpriseVerified",
        "SellerAccountCreated", "ProductCreated", "ProductUpdated", "ProductStatusChanged", "ProductPriceChanged",
        "ProductStockChanged", "CategoryCreated", "OrderCreated", "OrderStatusChanged", "OrderCanceled",
        "OrderCancellationRequested", "PaymentCreated", "PaymentCompleted", "PaymentFailed", "RefundInitiated",
        "RefundCompleted",
    ]

    private static let kim = MemberID(bits: 101)
    private static let shop = SellerID(bits: 201)
    private static let product = ProductID(bits: 301)
    private static let purchase = OrderID(bits: 401)

    @Test func eachIsEmittedByAPublicCommandDeliveredOnceAndDecoded() async throws {
        let market = try WholeMarket()
        try await Self.join(market)
        try await Self.list(market)
        try await Self.trade(market)
        try await market.members.disable(Self.kim, because: .memberWish, by: .buyer(Self.kim), key: "disable")

        let subscriber = Subscriber()
        try await subscriber.consumer.consumeAvailable()
        // The second relay stands for one that forgot how far it was.
        for name in ["relay", "relay that forgot"] as [RelayName] {
            try await subscriber.relay(name, from: market).catchUp()
            try await subscriber.consumer.consumeAvailable()
        }
        let emitted = Dictionary(grouping: try await market.events(), by: \.name).mapValues(\.count)
        for name in Self.names {
            let delivered = try await subscriber.store.counter(Subscriber.counter(of: name))
            #expect(delivered > 0, "\(name) was not delivered")
            #expect(Int(delivered) == emitted[name], "\(name) was delivered \(delivered) times")
        }
        // The others are delivered in the same way.
        for (name, count) in emitted {
            #expect(try await subscriber.store.counter(Subscriber.counter(of: name)) == Int64(count), "\(name)")
        }
        #expect(subscriber.problems == [])
    }

    /// A member who signs up, changes the name, registers an enterprise and sells for it.
    private static func join(_ market: WholeMarket) async throws {
        let profile = try MemberProfile(name: "Kim", email: EmailAddress(validating: "kim@shop.example"))
        let request = MemberSignUp(
            member: kim,
            profile: profile,
            credential: .password(Password("correct horse battery"))
        )
        try await market.members.signUp(request, key: "sign-up")
        try await market.mail.sendDue()
        let mail = try #require(market.mailbox.delivered.last)
        try await market.members.verifyEmail(LinkToken(try #require(mail.values["link"])), key: "verify")
        let me = CommandActor.buyer(kim)
        try await market.members.update(kim, by: me, key: "update") { profile throws(MemberProfileError) in
            try MemberProfile(name: "Kim Kim", email: profile.email)
        }
        let enterprise = EnterpriseID(bits: 501)
        try await market.enterprises.register(
            enterprise,
            profile: EnterpriseProfile(legalName: "Kim GmbH", country: "DE", registrationNumber: "HRB 4711"),
            owner: kim,
            by: me,
            key: "register"
        )
        try await market.enterprises.verify(enterprise, by: WholeMarket.staff, key: "verify")
        try await market.sellers.apply(
            shop,
            profile: SellerProfile(shopName: "Kim's Pots"),
            owner: kim,
            enterprise: enterprise,
            by: me,
            key: "apply"
        )
        try await market.sellers.verify(shop, by: WholeMarket.staff, key: "verify")
    }

    /// A product on sale in a category, with stock.
    private static func list(_ market: WholeMarket) async throws {
        let seller = CommandActor.seller(shop)
        let category = CategoryID(bits: 601)
        try await market.catalog.createCategory(category, name: "Pots", by: WholeMarket.staff, key: "category")
        try await market.catalog.create(product, of: shop, title: "Pot", by: seller, key: "create")
        try await market.catalog.edit(product, ProductEdit(categories: [category]), by: seller, key: "edit")
        let variant = ProductVariant(id: VariantID(bits: 1), sku: "pot", price: WholeMarket.won(900))
        try await market.catalog.addVariant(variant, to: product, by: seller, key: "variant")
        try await market.catalog.changePrice(
            of: variant.id,
            of: product,
            to: WholeMarket.won(1_000),
            by: seller,
            key: "price"
        )
        try await market.catalog.activate(product, by: seller, key: "activate")
        let now = market.clock.wall.now
        try await market.inventory.record(.restock(id: MovementID(bits: 1), sku: "pot", quantity: .units(10), at: now))
    }

    /// A purchase that is called off after it was paid for, and one that the gateway declines.
    private static func trade(_ market: WholeMarket) async throws {
        let buyer = MemberID(bits: 102)
        let pots = [CatalogLineRequest("pot", .units(2))]
        guard case .confirmed = try await market.place(purchase, by: buyer, pots) else {
            Issue.record("the purchase was not confirmed")
            return
        }
        try await market.orders.requestCancellation(
            of: purchase,
            because: .buyerRequest,
            by: .buyer(buyer),
            key: "please"
        )
        try await market.orders.acceptCancellation(of: purchase, by: .seller(shop), key: "as you wish")
        let rates = [GatewayOperationKind.authorize: GatewayRates(declined: .percent(100))]
        let declining = ScriptedPaymentGateway(GatewayScript(rates), seed: 1, clock: market.clock)
        let checkout = WholeMarket.checkout(over: market.store, market.inventory, declining, market.clock, seed: 77)
        guard case .refused(.payment) = try await market.place(OrderID(bits: 402), by: buyer, pots, through: checkout)
        else {
            Issue.record("the second purchase was not refused")
            return
        }
    }
}

/// Another service, with a store of its own, that counts what it could decode.
private struct Subscriber {
    let clock = ManualClock()
    let store: InMemoryStore
    let consumer: MessageConsumer
    private let bus: RepeatingBus
    private let identifiers = SeededIdentifiers(seed: 9)
    private let found: Findings

    private final class Findings: Sendable {
        let problems = Mutex<[String]>([])
    }

    var problems: [String] { found.problems.withLock { $0 } }

    static func counter(of name: String) -> CounterKey { WholeMarket.key("delivered/\(name)") }

    init() {
        let found = Findings()
        self.found = found
        store = InMemoryStore(wallClock: clock.wall, clock: clock)
        bus = RepeatingBus(base: InMemoryMessageBus(clock: clock))
        let topics = Set(PublishedEvent.all.map { WholeMarket.key($0.category) as MessageTopic })
        consumer = MessageConsumer(
            MessageSubscription(group: "other", topics: topics),
            on: bus,
            inbox: Inbox("other", store: store, identifiers: identifiers, wallClock: clock.wall),
            clock: clock
        ) { message, transaction in
            do {
                try Self.decode(message)
            } catch {
                found.problems.withLock { $0.append("\(message.name): \(error)") }
            }
            transaction.add(1, to: Self.counter(of: message.name))
        }
    }

    func relay(_ name: RelayName, from market: WholeMarket) -> OutboxRelay {
        OutboxRelay(
            name,
            store: market.store,
            bus: bus,
            signal: market.store,
            identifiers: identifiers,
            wallClock: market.clock.wall,
            clock: market.clock
        )
    }

    /// Reads a message as the payload its name stands for, which reads and writes as the same.
    private static func decode(_ message: Message) throws {
        guard let event = PublishedEvent.named(message.name) else { throw Refused("is not published") }
        guard event.version == message.schemaVersion else { throw Refused("has another version") }
        func read<Payload: EventPayload>(_ type: Payload.Type) throws {
            let codec: any PayloadCodec = .json
            let payload = try codec.decode(type, from: message.payload)
            let again = try codec.decode(type, from: codec.encode(payload))
            guard payload == again else { throw Refused("reads as something else") }
        }
        try read(event.payloadType)
    }
}
