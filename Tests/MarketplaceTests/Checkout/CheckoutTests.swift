import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

struct CheckoutTests {
    @Test func aPurchaseIsReservedAuthorizedCapturedAndConfirmed() async throws {
        let shop = try await Shop(stock: .units(5))
        guard case .confirmed(let purchase) = try await shop.buy(.units(2)) else {
            Issue.record("not confirmed")
            return
        }
        #expect(purchase.total == Money(minorUnits: 9_000, .krw))
        let order = try await shop.orders.load(purchase.order).root
        #expect(order.status == .confirmed)
        let payment = try await shop.payments.load(purchase.payment).root
        #expect(payment.status == .captured)
        let level = try #require(try await shop.inventory.stock(of: "espresso"))
        #expect(level.onHand == 5)
        #expect(level.allocated == 2)
        #expect(level.held == 0)
        #expect(try shop.gateway.entries().totals()[purchase.payment]?.captured == purchase.total)
    }

    @Test func aPurchaseOfMoreThanThereIsIsRefusedWithTheFactsAndLeavesNothingOpen() async throws {
        let shop = try await Shop(stock: .one)
        let outcome = try await shop.buy(.units(2))
        guard case .refused(.stock(let refusal)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(refusal == .insufficientStock("espresso", requested: 2, available: 1))
        let order = try await shop.orders.load(shop.lastOrder).root
        #expect(order.status == .failed)
        #expect(order.failure == .outOfStock)
        #expect(try shop.gateway.entries().isEmpty)
    }

    @Test func aDeclinedPaymentGivesTheStockBack() async throws {
        let shop = try await Shop(stock: .units(5), [.authorize: GatewayRates(declined: .percent(100))])
        let outcome = try await shop.buy(.units(2))
        guard case .refused(.payment(let error)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.code == .declined)
        let level = try #require(try await shop.inventory.stock(of: "espresso"))
        #expect(level.available == 5)
        #expect(try await shop.orders.load(shop.lastOrder).root.failure == .paymentRefused)
        #expect(try await shop.payments.load(PaymentID(bits: shop.lastOrder.bits)).root.status == .failed)
    }

    @Test(
        arguments: [
            GatewayRates(timedOutAfterEffect: .percent(100)), GatewayRates(timedOutBeforeEffect: .percent(100)),
            GatewayRates(unreachable: .percent(100)),
        ],
        [GatewayOperationKind.authorize, .capture, .void]
    )
    func aPaymentOfUnknownOutcomeIsClearedUp(rates: GatewayRates, kind: GatewayOperationKind) async throws {
        let shop = try await Shop(stock: .units(5), [kind: rates])
        guard case .confirmed(let purchase) = try await shop.buy(.one) else {
            Issue.record("not confirmed")
            return
        }
        #expect(try shop.gateway.entries().totals()[purchase.payment]?.captured == purchase.total)
        #expect(try await shop.payments.load(purchase.payment).root.status == .captured)
    }

    @Test func placingTheSameOrderAgainBuysNothingMore() async throws {
        let shop = try await Shop(stock: .units(5))
        guard case .confirmed = try await shop.buy(.one, order: 7), case .confirmed = try await shop.buy(.one, order: 7)
        else {
            Issue.record("not confirmed")
            return
        }
        #expect(try await shop.inventory.stock(of: "espresso")?.allocated == 1)
    }

    @Test func anOrderWithoutLinesIsInvalid() async throws {
        let shop = try await Shop(stock: .units(5))
        await #expect(throws: CheckoutError.invalid(.noLines)) {
            try await shop.checkout.place(
                CheckoutRequest(order: OrderID(bits: 1), buyer: MemberID(bits: 1), lines: [])
            )
        }
    }
}

/// A shop that sells espresso at 4,500 won.
struct Shop {
    let clock = ManualClock()
    let store: InMemoryStore
    let inventory = InMemoryInventory()
    let gateway: ScriptedPaymentGateway
    let checkout: Checkout
    let orders: Repository<Order>
    let payments: Repository<Payment>
    let lastOrder = OrderID(bits: 1)

    init(stock: Quantity, _ rates: [GatewayOperationKind: GatewayRates] = [:]) async throws {
        store = InMemoryStore(wallClock: clock.wall, clock: clock)
        gateway = ScriptedPaymentGateway(GatewayScript(rates), seed: 1, clock: clock)
        let identifiers = SeededIdentifiers(seed: 1)
        orders = Repository(in: store, codec: .json, identifiers: identifiers)
        payments = Repository(in: store, codec: .json, identifiers: identifiers)
        checkout = Checkout(
            store: store,
            inventory: inventory,
            gateway: gateway,
            codec: .json,
            identifiers: identifiers,
            configuration: CheckoutConfiguration(gatewayTimeout: nil),
            wallClock: clock.wall,
            clock: clock
        )
        try inventory.record(
            .restock(id: MovementID(bits: 1), sku: "espresso", quantity: stock, at: clock.wall.now)
        )
    }

    func buy(_ quantity: Quantity, order: UInt128 = 1) async throws -> CheckoutOutcome {
        let request = CheckoutRequest(
            order: OrderID(bits: order),
            buyer: MemberID(bits: 1),
            lines: [OrderLine(sku: "espresso", quantity: quantity, unitPrice: Money(minorUnits: 4_500, .krw))]
        )
        let checkout = checkout
        return try await clock.advancing { try await checkout.place(request) }
    }
}

extension CheckoutTests {
    @Test(arguments: [CheckoutFlow.reserveFirst, .payFirst])
    func whatCostsNothingIsBoughtWithoutTheGateway(_ flow: CheckoutFlow) async throws {
        let clock = ManualClock()
        let inventory = InMemoryInventory()
        let gateway = ScriptedPaymentGateway(clock: clock)
        let checkout = Checkout(
            store: InMemoryStore(wallClock: clock.wall, clock: clock),
            inventory: inventory,
            gateway: gateway,
            codec: .json,
            identifiers: SeededIdentifiers(seed: 1),
            configuration: CheckoutConfiguration(flow: flow, gatewayTimeout: nil),
            wallClock: clock.wall,
            clock: clock
        )
        let receipt = StockChange.restock(
            id: MovementID(bits: 1),
            sku: "gift",
            quantity: try Quantity(3),
            at: clock.wall.now
        )
        try inventory.record(receipt)
        let line = OrderLine(sku: "gift", quantity: .one, unitPrice: .zero(.krw))
        let request = CheckoutRequest(order: OrderID(bits: 1), buyer: MemberID(bits: 1), lines: [line])
        let outcome = try await clock.advancing { try await checkout.place(request) }
        guard case .confirmed = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try gateway.entries().isEmpty)
        #expect(try await inventory.stock(of: "gift")?.allocated == 1)
    }
}
