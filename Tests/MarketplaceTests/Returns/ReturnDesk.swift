import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// A marketplace that takes 10% and has delivered something, with everything that returns lead to.
struct ReturnDesk: Sendable {
    static let seller = SellerID(bits: 0x5E)
    static let buyer = MemberID(bits: 0xB)
    static let asBuyer = CommandActor.buyer(buyer)
    static let asSeller = CommandActor.seller(seller)
    static let staff = CommandActor.operator(MemberID(bits: 0xA))
    static let order = OrderID(bits: 0x100)

    let clock = ManualClock()
    let base: InMemoryStore
    let inventory = InMemoryInventory()
    let gateway: ScriptedPaymentGateway
    let bank = ScriptedPayoutProvider([])
    let policy: ReturnPolicy
    let identifiers: SeededIdentifiers

    init(_ script: GatewayScript = .approving, _ policy: ReturnPolicy = ReturnPolicy(), seed: UInt64 = 1) {
        base = InMemoryStore(wallClock: clock.wall, clock: clock)
        gateway = ScriptedPaymentGateway(script, seed: seed, clock: clock)
        identifiers = SeededIdentifiers(seed: seed)
        self.policy = policy
    }

    func environment(over store: (any Store)? = nil) -> ServiceEnvironment {
        ServiceEnvironment(store: store ?? base, codec: .json, identifiers: identifiers, wallClock: clock.wall)
    }

    func payments(over store: (any Store)? = nil) -> Payments {
        Payments(in: environment(over: store), gateway: gateway)
    }

    /// The returns of one process.
    func returns(_ refunds: any ReturnRefundRule = .frozen, over store: (any Store)? = nil) -> Returns {
        Returns(
            in: environment(over: store),
            payments: payments(over: store),
            inventory: inventory,
            refunds: refunds,
            policy: policy
        )
    }

    var orders: Orders { Orders(in: environment(), gateway: gateway, inventory: inventory) }

    var shipments: Shipments { Shipments(in: environment(), inventory: inventory) }

    var settlement: Settlement { Settlement(in: environment(), payouts: bank) }

    /// A follower of one process, on terms of so many percent.
    func follower(_ percent: Int64 = 10, over store: (any Store)? = nil) throws -> SettlementFollower {
        let rule = try CommissionRule("ten", fee: .percent(.percent(percent), of: .net))
        let rules = try CommissionRules([rule], taxRate: .percent(20))
        return SettlementFollower(
            in: environment(over: store),
            settlement: Settlement(in: environment(over: store), payouts: bank),
            terms: SettlementTerms(commissions: rules)
        )
    }

    func runner(_ percent: Int64 = 10, over store: (any Store)? = nil) throws -> ProjectionRunner {
        ProjectionRunner(
            try follower(percent, over: store),
            store: store ?? base,
            signal: base,
            identifiers: identifiers,
            wallClock: clock.wall,
            clock: clock
        )
    }

    static func eur(_ amount: Int64) -> Money { Money(minorUnits: amount, .eur) }

    static func line(_ number: Int, _ units: Int, _ price: Int64) throws -> OrderLine {
        OrderLine(
            sku: SKU(stringLiteral: "sku-\(number)"),
            sellerID: seller,
            quantity: try Quantity(units),
            unitPrice: eur(price)
        )
    }

    /// Places, pays and confirms an order of goods that the inventory keeps, none of them left, unless told otherwise.
    @discardableResult
    func sell(_ lines: [OrderLine], as id: OrderID = order, shares: FrozenShares? = nil, isStocked: Bool = true)
        async throws -> Order
    {
        for line in lines where isStocked { try inventory.setTerms(SaleTerms(), for: line.sku, at: clock.wall.now) }
        let repository = Repository(of: Order.self, in: base, codec: .json, identifiers: identifiers)
        let now = clock.wall.now
        let create = OrderAction.create(id: id, buyer: Self.buyer, lines: lines, shares: shares)
        let placed = try await repository.handle(
            ActorCommand(create, by: Self.asBuyer, at: now),
            on: id,
            key: "place",
            at: now
        )
        let total = try #require(placed.root.total)
        if total.isPositive {
            let payment = PaymentID(bits: id.bits)
            try await payments().begin(payment, for: id, buyer: Self.buyer, amount: total, by: .system, key: "begin")
            try await payments().authorize(payment, confirming: total, by: .system, key: "authorize")
            try await payments().capture(payment, by: .system, key: "capture")
        }
        return try await repository.handle(
            ActorCommand(.confirm, by: .system, at: now),
            on: id,
            key: "confirm",
            at: now
        ).root
    }

    /// Takes an amount of the buyer beside the purchase, by which a change is paid.
    func pay(_ amount: Int64, as payment: PaymentID, for id: OrderID = order) async throws {
        let money = Self.eur(amount)
        try await payments().begin(payment, for: id, buyer: Self.buyer, amount: money, by: .system, key: "begin")
        try await payments().authorize(payment, confirming: money, by: .system, key: "authorize")
        try await payments().capture(payment, by: .system, key: "capture")
    }

    /// Puts goods into stock.
    func restock(_ number: Int, _ units: Quantity, as movement: UInt128) throws {
        let sku = SKU(stringLiteral: "sku-\(number)")
        let now = clock.wall.now
        try inventory.record(.restock(id: MovementID(bits: movement), sku: sku, quantity: units, at: now))
    }

    /// What the gateway holds of all payments.
    func held() throws -> Int64 {
        try gateway.entries().totals().values.reduce(0) { $0 + $1.captured.minorUnits - $1.refunded.minorUnits }
    }

    /// Sends units of an order, all that are open unless told otherwise, and has them arrive.
    @discardableResult
    func deliver(_ id: OrderID = order, _ units: [OrderUnits]? = nil, parcel: UInt128 = 1) async throws -> Order {
        let order = try await orders.order(id, by: .system)
        let open = order.units.enumerated().filter { $0.element.open > 0 }
            .map { OrderUnits(lineIndex: $0.offset, units: $0.element.open) }
        let shipment = ShipmentID(bits: id.bits << 16 | parcel)
        try await shipments.create(shipment, of: id, units ?? open, by: Self.asSeller, key: "create")
        try await shipments.registerWaybill(
            Waybill(carrier: "cj", trackingNumber: "1"),
            for: shipment,
            by: Self.asSeller,
            key: "bill"
        )
        try await shipments.handOver(shipment, by: Self.asSeller, key: "hand over")
        try await shipments.confirmDelivery(of: shipment, by: Self.asBuyer, key: "there")
        return try await orders.order(id, by: .system)
    }

    static func item(_ line: Int, _ units: Int = 1, _ reason: ReturnReason = .changedMind) throws -> ReturnItem {
        ReturnItem(lineIndex: line, quantity: try Quantity(units), reason: reason)
    }

    static func back(
        _ line: Int,
        _ units: Int = 1,
        _ disposition: ReturnedUnits.Disposition = .restock
    ) -> ReturnedUnits {
        ReturnedUnits(lineIndex: line, units: units, disposition: disposition)
    }

    /// Asks for a return, which is agreed to and comes back whole.
    @discardableResult
    func takeBack(
        _ id: ReturnID,
        of order: OrderID = order,
        _ items: [ReturnItem],
        for kind: ReturnKind = .refund,
        giving refunds: any ReturnRefundRule = .frozen
    ) async throws(ReturnsError) -> OrderReturn {
        let returns = returns(refunds)
        try await returns.request(id, of: order, items, for: kind, by: Self.asBuyer, key: "request")
        try await returns.approve(id, by: Self.asSeller, key: "approve")
        let units = items.map { item in
            Self.back(item.lineIndex, item.quantity.value, kind.expectsGoods ? .restock : .keptByBuyer)
        }
        return try await returns.receive(id, units, by: Self.asSeller, key: "receive")
    }

    /// What the gateway took and gave back.
    func moved(_ id: OrderID = order) throws -> GatewayTotals? {
        try gateway.entries().totals()[PaymentID(bits: id.bits)]
    }

    func refunded(_ id: OrderID = order) throws -> Int64 { try moved(id)?.refunded.minorUnits ?? 0 }

    func balance(_ account: LedgerAccount) async throws -> Int64 {
        try await settlement.balance(of: account, in: .eur, by: Self.staff).minorUnits
    }

    /// What a call is refused with; nil when it succeeds.
    func refusal(of body: () async throws(ReturnsError) -> Void) async throws -> ReturnRejection? {
        do throws(ReturnsError) {
            try await body()
            return nil
        } catch {
            guard let refusal = error.refusal else { throw error }
            return refusal
        }
    }
}
