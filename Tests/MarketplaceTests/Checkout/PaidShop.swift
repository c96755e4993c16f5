import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// A shop that takes the money first, and can be opened again over what an earlier process left.
struct PaidShop: Sendable {
    let clock = ManualClock()
    let base: InMemoryStore
    let inventory = InMemoryInventory()
    let gateway: ScriptedPaymentGateway
    let orders: Repository<Order>
    let payments: Repository<Payment>

    init(stock: Quantity, _ script: GatewayScript = .approving, seed: UInt64 = 1) async throws {
        base = InMemoryStore(wallClock: clock.wall, clock: clock)
        gateway = ScriptedPaymentGateway(script, seed: seed, clock: clock)
        orders = Repository(in: base, codec: .json, identifiers: SeededIdentifiers(seed: 3))
        payments = Repository(in: base, codec: .json, identifiers: SeededIdentifiers(seed: 4))
        try inventory.record(
            .restock(id: MovementID(bits: 1), sku: "espresso", quantity: stock, at: clock.wall.now)
        )
    }

    /// The checkout of one process.
    func checkout(
        _ flow: CheckoutFlow = .payFirst,
        over store: (any Store)? = nil,
        confirmation: PaymentConfirmation = .immediate,
        timeLimit: Duration? = nil,
        seed: UInt64 = 1
    ) -> Checkout {
        Checkout(
            store: store ?? base,
            inventory: inventory,
            gateway: gateway,
            codec: .json,
            identifiers: SeededIdentifiers(seed: seed),
            configuration: CheckoutConfiguration(
                flow: flow,
                paymentConfirmation: confirmation,
                timeLimit: timeLimit,
                gatewayTimeout: nil
            ),
            randomness: SeededRandomSource(seed: seed),
            wallClock: clock.wall,
            clock: clock
        )
    }

    static func request(_ quantity: Quantity = .one, order: UInt128 = 1) -> CheckoutRequest {
        CheckoutRequest(
            order: OrderID(bits: order),
            buyer: MemberID(bits: order),
            lines: [OrderLine(sku: "espresso", quantity: quantity, unitPrice: Money(minorUnits: 4_500, .krw))]
        )
    }

    func place(_ request: CheckoutRequest, at checkout: Checkout? = nil) async throws -> CheckoutOutcome {
        let checkout = checkout ?? self.checkout()
        return try await clock.advancing { try await checkout.place(request) }
    }

    /// Waits for the end while a worker looks after those that wait.
    func end(of handle: SagaHandle<CheckoutState>, at checkout: Checkout) async throws -> SagaOutcome<CheckoutState> {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await checkout.sagas.run() }
            defer { group.cancelAll() }
            return try await clock.advancing { try await handle.outcome() }
        }
    }

    /// Money, stock, order and payment tell the same story: all of the purchase, or nothing.
    @discardableResult
    func expectAllOrNothing(_ request: CheckoutRequest, _ comment: String = "") async throws -> Bool {
        let order = try await orders.load(request.order).root
        let payment = try await payments.load(PaymentID(bits: request.order.bits)).root
        let moved = try gateway.entries().totals()[PaymentID(bits: request.order.bits)]
        let reservation = try inventory.reservation(ReservationID(bits: request.order.bits))?.state
        let isConfirmed = order.status == .confirmed
        if isConfirmed {
            #expect(payment.status == .captured, "\(comment)")
            #expect(moved?.captured == order.total, "\(comment)")
            #expect(moved?.refunded.isZero == true, "\(comment)")
            #expect(reservation == .allocated, "\(comment)")
        } else {
            #expect(order.status == .failed, "\(comment)")
            #expect([nil, .created, .failed, .voided, .refunded].contains(payment.status), "\(comment)")
            #expect(reservation == nil || reservation == .released, "\(comment)")
            if let moved {
                #expect(moved.captured == moved.refunded, "\(comment): money is kept")
                #expect(try moved.authorized == moved.captured + moved.voided, "\(comment): money is set aside")
            }
        }
        return isConfirmed
    }
}
