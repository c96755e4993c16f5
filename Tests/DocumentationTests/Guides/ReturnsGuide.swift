import Marketplace
import MarketplaceTestKit
import Testing

struct ReturnsGuide {
    private static let order = OrderID(bits: 1)
    private static let member = MemberID(bits: 2)
    private static let seller = SellerID(bits: 3)
    private static let clock = ManualClock()

    private let store = InMemoryStore(wallClock: clock.wall, clock: clock)
    private let gateway = ScriptedPaymentGateway()
    private let inventory = InMemoryInventory()

    private var environment: ServiceEnvironment {
        ServiceEnvironment(
            store: store,
            codec: .json,
            identifiers: TimeOrderedIdentifiers(clock: Self.clock.wall),
            wallClock: Self.clock.wall
        )
    }

    /// Two lamps at 50.00 that were paid for and delivered.
    private func deliver(_ payments: Payments) async throws {
        let orders = Repository(of: Order.self, in: store, codec: .json, identifiers: environment.identifiers)
        let price = Money(minorUnits: 5_000, .eur)
        let line = OrderLine(sku: "lamp", sellerID: Self.seller, quantity: try Quantity(2), unitPrice: price)
        let shipment = ShipmentID(bits: 4)
        try inventory.setTerms(SaleTerms(), for: "lamp", at: Self.clock.wall.now)
        let actions: [OrderAction] = [
            .create(id: Self.order, buyer: Self.member, lines: [line]), .confirm,
            .pack(shipment, [OrderUnits(lineIndex: 0, units: 2)]), .ship(shipment), .deliver(shipment),
        ]
        for (number, action) in actions.enumerated() {
            let now = Self.clock.wall.now
            let key = try IdempotencyKey("step \(number)")
            try await orders.handle(ActorCommand(action, by: .system, at: now), on: Self.order, key: key, at: now)
        }
        let (payment, total) = (PaymentID(bits: Self.order.bits), try price * 2)
        try await payments.begin(
            payment,
            for: Self.order,
            buyer: Self.member,
            amount: total,
            by: .system,
            key: "begin"
        )
        try await payments.authorize(payment, confirming: total, by: .system, key: "authorize")
        try await payments.capture(payment, by: .system, key: "capture")
    }

    @Test func goodsComeBackAndMoneyGoesBack() async throws {
        let payments = Payments(in: environment, gateway: gateway)
        try await deliver(payments)
        let (order, member, seller) = (Self.order, Self.member, Self.seller)
        let id = ReturnID(bits: 5)
        // guide: Returns
        let returns = Returns(in: environment, payments: payments, inventory: inventory)
        let lamp = ReturnItem(lineIndex: 0, quantity: .one, reason: .changedMind)
        try await returns.request(id, of: order, [lamp], note: "too bright", by: .buyer(member), key: "request")
        try await returns.approve(id, by: .seller(seller), key: "approve")
        let back = [ReturnedUnits(lineIndex: 0, units: 1, disposition: .restock)]
        let settled = try await returns.receive(id, back, by: .seller(seller), key: "receive")
        print("given back: \(settled.refunded ?? .zero(.eur))")

        let sweep = try await returns.sweep()  // in a job: what was interrupted, and what was never sent
        // end of guide
        #expect(settled.isSettled && settled.refunded == Money(minorUnits: 5_000, .eur))
        #expect(sweep.settled == 0 && sweep.failures.isEmpty)
        #expect(try await inventory.stock(of: "lamp")?.onHand == 1)
        let terms = SettlementTerms(
            commissions: try CommissionRules([CommissionRule("none", fee: .percent(.zero, of: .net))])
        )
        let (environment, store) = (environment, store)
        let identifiers = environment.identifiers
        // guide: Settled by the feed
        let settlement = Settlement(in: environment, payouts: ScriptedPayoutProvider())
        let follower = SettlementFollower(in: environment, settlement: settlement, terms: terms)
        let runner = ProjectionRunner(follower, store: store, signal: store, identifiers: identifiers)
        try await runner.catchUp()  // or run(), for good
        // end of guide
        let cash = try await settlement.balance(of: .cash, in: .eur, by: .system)
        #expect(cash == Money(minorUnits: 5_000, .eur))
        #expect(try await follower.unposted(by: .system).isEmpty)
    }
}
