import Marketplace
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// Whatever asks a gateway for money, a payment knows of it before, and what a gateway tells comes in by one door.
struct OneDoorTests {
    @Test(arguments: CheckoutFlow.allCases, [Quantity.one, .units(3)])
    func whatACheckoutAsksOfTheGatewayIsRecordedBefore(_ flow: CheckoutFlow, wanted: Quantity) async throws {
        let shop = try await PaidShop(stock: .units(2))
        let gateway = WatchedGateway(shop.gateway, over: shop.base)
        let checkout = Checkout(
            store: shop.base,
            inventory: shop.inventory,
            gateway: gateway,
            codec: .json,
            identifiers: SeededIdentifiers(seed: 1),
            configuration: CheckoutConfiguration(flow: flow, gatewayTimeout: nil),
            wallClock: shop.clock.wall,
            clock: shop.clock
        )
        let request = PaidShop.request(wanted)
        let isConfirmed = try await {
            _ = try await shop.place(request, at: checkout)
            return try await shop.expectAllOrNothing(request)
        }()
        #expect(isConfirmed == (wanted == .one))
        #expect(gateway.askedCount > 0 || flow == .reserveFirst && !isConfirmed)
        #expect(gateway.unannounced == [])
        // Nothing is left for a sweep, and what is recorded is what the gateway did.
        let sweep = try await checkout.payments.resolveUnknown(olderThan: .zero)
        #expect(sweep == PaymentSweep())
        let report = try await PaymentReconcilerTests.report(of: shop.base, shop.gateway, shop.clock)
        #expect(report.isReconciled, "\(report)")
    }

    @Test(arguments: [Quantity.one, .units(3)])
    func whatAChoreographyAsksOfTheGatewayIsRecordedBefore(_ wanted: Quantity) async throws {
        let world = try await ThreeContexts(stock: .units(2))
        let gateway = WatchedGateway(world.gateway, over: world.stores[1])
        let purchases = world.purchases(at: gateway)
        let request = PaidShop.request(wanted)
        try await purchases.orders.place(request)
        try await world.settle(purchases)
        #expect(try await world.expectAllOrNothing(request) == (wanted == .one))
        #expect(gateway.askedCount >= 2)
        #expect(gateway.unannounced == [])
    }

    private static let authenticator = InsecureMessageAuthenticator(forTestsOnly: "webhook")

    private static func send(_ notice: GatewayNotice, to webhooks: PaymentWebhooks) async throws
        -> PaymentWebhookOutcome
    {
        let body = try JSONPayloadCodec.json.encode(notice)
        return try await webhooks.receive(body: body, signature: authenticator.code(of: body))
    }

    private static func webhooks(_ shop: PaidShop, _ checkout: Checkout) -> PaymentWebhooks {
        PaymentWebhooks(
            in: ServiceEnvironment(
                store: shop.base,
                codec: .json,
                identifiers: SeededIdentifiers(seed: 77),
                wallClock: shop.clock.wall
            ),
            payments: checkout.payments,
            checkout: checkout,
            authenticator: authenticator,
            format: CodecWebhookFormat(.json)
        )
    }

    private static func captured(_ order: OrderID, event: GatewayEventID = "evt-1") -> GatewayNotice {
        let payment = PaymentID(bits: order.bits)
        return GatewayNotice(
            event: event,
            subject: .payment(payment),
            kind: .capture,
            key: IdempotencyKey(stringLiteral: "\(payment)/capture/charge"),
            amount: Money(minorUnits: 4_500, .krw),
            reference: GatewayReference(payment),
            at: .epoch
        )
    }

    @Test func aPurchaseThatWaitsGoesOnWhenTheGatewaysWebhookComesIn() async throws {
        let shop = try await PaidShop(stock: .units(5))
        let request = PaidShop.request()
        let checkout = shop.checkout(confirmation: .webhook(within: .minutes(15)))
        let webhooks = Self.webhooks(shop, checkout)
        let notice = Self.captured(request.order)
        #expect(try await Self.send(notice, to: webhooks) == .kept(.unknownPayment), "it comes before its turn")
        let handle = try await checkout.start(request)
        async let outcome = handle.outcome()
        await shop.clock.waitForSleepers()
        #expect(try await shop.orders.load(request.order).root.status == .pending)
        // It was kept, and is applied by the job, which lets the purchase go on.
        #expect(try await webhooks.sweep().dealtWithCount == 1)
        shop.clock.advance(by: .seconds(5))
        guard case .completed = try await outcome else {
            Issue.record("not confirmed")
            return
        }
        #expect(try await shop.expectAllOrNothing(request))
        #expect(try await Self.send(notice, to: webhooks) == .duplicate)
        let late = Self.captured(request.order, event: "evt-2")
        #expect(try await Self.send(late, to: webhooks) == .applied(PaymentID(bits: request.order.bits)))
    }

    @Test func aPurchaseOfSeveralTendersWaitsForTheWebhookOfEach() async throws {
        let shop = try await TenderShop(.payFirst)
        let checkout = shop.checkout(confirmation: .webhook(within: .minutes(15)))
        let webhooks = PaymentWebhooks(
            in: shop.environment(seed: 90),
            payments: checkout.payments,
            checkout: checkout,
            authenticator: Self.authenticator,
            format: CodecWebhookFormat(.json)
        )
        let handle = try await checkout.start(TenderShop.request())
        async let outcome = handle.outcome()
        await shop.clock.waitForSleepers()
        // Something else that was paid for the order does not count.
        let other = PaymentID(bits: 0x999)
        try await checkout.payments.begin(
            other,
            for: TenderShop.order,
            buyer: TenderShop.buyer,
            amount: TenderShop.won(50),
            by: .system,
            key: "other"
        )
        try await checkout.payments.authorize(other, confirming: TenderShop.won(50), by: .system, key: "other")
        try await checkout.payments.capture(other, by: .system, key: "other")
        for (number, payment) in [other, TenderShop.purchase, TenderShop.secondCard].enumerated() {
            #expect(try await shop.order().status == .pending, "\(number)")
            let part = payment == other ? "capture/other" : "capture/charge"
            let notice = GatewayNotice(
                event: GatewayEventID(stringLiteral: "evt-\(number)"),
                subject: .payment(payment),
                kind: .capture,
                key: TenderShop.key(payment, part),
                reference: GatewayReference(payment),
                at: .epoch
            )
            #expect(try await Self.send(notice, to: webhooks) == .applied(payment))
            shop.clock.advance(by: .seconds(5))
        }
        guard case .completed = try await outcome else {
            Issue.record("not confirmed")
            return
        }
        #expect(try await shop.order().status == .confirmed)
    }

    @Test func aPurchaseThatWaitsForNoWebhookIsNotDisturbedByOne() async throws {
        let shop = try await PaidShop(stock: .units(5))
        let request = PaidShop.request()
        let checkout = shop.checkout(.reserveFirst)
        _ = try await shop.place(request, at: checkout)
        let outcome = try await Self.send(Self.captured(request.order), to: Self.webhooks(shop, checkout))
        #expect(outcome == .applied(PaymentID(bits: request.order.bits)))
        #expect(try await shop.expectAllOrNothing(request))
    }

    @Test func aStrangerNeitherCallsAPurchaseOffNorConfirmsItsPayment() async throws {
        let shop = try await PaidShop(stock: .units(5))
        let request = PaidShop.request()
        let checkout = shop.checkout(confirmation: .webhook(within: .minutes(15)))
        let stranger = CommandActor.buyer(MemberID(bits: 99))
        await #expect(throws: CheckoutError.self) {
            try await checkout.cancel(request.order, because: "fun", by: stranger)
        }
        let handle = try await checkout.start(request)
        for actor in [CommandActor.visitor, stranger, .seller(SellerID(bits: 5))] {
            await #expect(throws: CheckoutError.self, "\(actor)") {
                try await checkout.cancel(request.order, because: "fun", by: actor)
            }
        }
        for actor in [CommandActor.visitor, stranger, .buyer(request.buyer), .seller(SellerID(bits: 5))] {
            await #expect(throws: CheckoutError.self, "\(actor)") {
                try await checkout.paymentConfirmed(order: request.order, by: actor)
            }
        }
        #expect(try await checkout.paymentConfirmed(order: request.order, by: PaymentShop.staff) == .accepted)
        let outcome = try await shop.clock.advancing { try await handle.outcome() }
        guard case .completed = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try await checkout.cancel(request.order, because: "late", by: .buyer(request.buyer)) == .tooLate)
        await #expect(throws: CheckoutError.self) {
            try await checkout.cancel(request.order, because: "fun", by: stranger)
        }
        #expect(try await checkout.cancel(OrderID(bits: 404), because: "none", by: .system) == .unknownOrder)
    }
}

/// A gateway that looks whether a payment knows of what it is asked.
final class WatchedGateway: PaymentGateway {
    private let gateway: any PaymentGateway
    private let payments: Repository<Payment>
    private let seen = Mutex<(asked: Int, unannounced: [IdempotencyKey])>((0, []))

    init(_ gateway: any PaymentGateway, over store: any Store) {
        self.gateway = gateway
        payments = Repository(in: store, codec: .json, identifiers: SeededIdentifiers(seed: 55))
    }

    var askedCount: Int { seen.withLock { $0.asked } }
    /// What was asked without being recorded before.
    var unannounced: [IdempotencyKey] { seen.withLock { $0.unannounced } }

    func perform(_ request: GatewayRequest) async throws(PaymentGatewayError) -> GatewayReceipt {
        let payment = try? await payments.load(request.payment).root
        let isAnnounced = payment?.keysUnderWay(request.operation.kind).contains(request.key) ?? false
        seen.withLock { seen in
            seen.asked += 1
            if !isAnnounced { seen.unannounced.append(request.key) }
        }
        return try await gateway.perform(request)
    }

    func lookUp(_ key: IdempotencyKey) async throws(PaymentGatewayError) -> GatewayLookUp {
        try await gateway.lookUp(key)
    }
}
