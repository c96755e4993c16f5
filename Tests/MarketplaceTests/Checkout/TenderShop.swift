import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// A shop whose buyer has 3,000 won of store credit and two cards, and buys two cups for 9,000 won together.
struct TenderShop: Sendable {
    static let buyer = MemberID(bits: 0xB)
    static let order = OrderID(bits: 0x500)
    static let purchase = PaymentID(bits: order.bits)
    static let credit: Int64 = 3_000

    let clock = ManualClock()
    let base: InMemoryStore
    let inventory = InMemoryInventory()
    let gateway: ScriptedPaymentGateway
    let flow: CheckoutFlow

    init(
        _ flow: CheckoutFlow = .reserveFirst,
        _ script: GatewayScript = .approving,
        stock: Quantity = .units(5),
        credit: Int64 = TenderShop.credit
    ) async throws {
        self.flow = flow
        base = InMemoryStore(wallClock: clock.wall, clock: clock)
        gateway = ScriptedPaymentGateway(script, seed: 1, clock: clock)
        try inventory.record(
            .restock(id: MovementID(bits: 1), sku: "cup", quantity: stock, at: clock.wall.now)
        )
        guard credit > 0 else { return }
        try await credits().grant(Self.won(credit), to: Self.buyer, by: PaymentShop.staff, key: "gift")
    }

    static func won(_ amount: Int64) -> Money { Money(minorUnits: amount, .krw) }

    /// What the second card is asked under.
    static let secondCard = PaymentID(
        bits: TransactionID(derivedFrom: "tender of a purchase", purchase.description, "1").bits
    )

    static func key(_ payment: PaymentID, _ part: String) -> IdempotencyKey {
        IdempotencyKey(stringLiteral: "\(payment)/\(part)")
    }

    /// Credit for 3,000 won, a card for 4,000, and another one for the rest.
    static let tenders: [CheckoutTender] = [.gateway(upTo: won(4_000)), .storeCredit(), .gateway()]

    static func request(_ tenders: [CheckoutTender] = tenders, price: Int64 = 4_500) -> CheckoutRequest {
        CheckoutRequest(
            order: order,
            buyer: buyer,
            lines: [OrderLine(sku: "cup", quantity: .units(2), unitPrice: won(price))],
            tenders: tenders
        )
    }

    func environment(over store: (any Store)? = nil, seed: UInt64 = 40) -> ServiceEnvironment {
        ServiceEnvironment(
            store: store ?? base,
            codec: .json,
            identifiers: SeededIdentifiers(seed: seed),
            wallClock: clock.wall
        )
    }

    func credits() -> StoreCredits { StoreCredits(in: environment(seed: 41)) }

    /// The checkout of one process.
    func checkout(
        over store: (any Store)? = nil,
        confirmation: PaymentConfirmation = .immediate,
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
                gatewayTimeout: nil
            ),
            randomness: SeededRandomSource(seed: seed),
            wallClock: clock.wall,
            clock: clock
        )
    }

    func place(
        _ request: CheckoutRequest = request(),
        at checkout: Checkout? = nil
    ) async throws -> CheckoutOutcome {
        let checkout = checkout ?? self.checkout()
        return try await clock.advancing { try await checkout.place(request) }
    }

    func order() async throws -> Order {
        let orders: Repository<Order> = Repository(
            in: base,
            codec: .json,
            identifiers: SeededIdentifiers(seed: 42)
        )
        return try await orders.load(Self.order).root
    }

    func balance() async throws -> StoreCreditBalance {
        try await credits().balance(of: Self.buyer, .krw, by: .system)
    }

    /// What a payment has kept at the gateway.
    func kept(by payment: PaymentID) throws -> Int64 {
        guard let moved = try gateway.entries().totals()[payment] else { return 0 }
        return moved.captured.minorUnits - moved.refunded.minorUnits
    }

    /// Every tender bears its part of a confirmed order, and nothing of any other is kept or set aside.
    @discardableResult
    func expectAllOrNothing(_ comment: String = "", credit: Int64 = TenderShop.credit) async throws -> Bool {
        let order = try await order()
        let isConfirmed = order.status == .confirmed
        #expect(isConfirmed || order.status == .failed || order.status == nil, "\(comment)")
        let balance = try await balance()
        #expect(balance.held.isZero, "\(comment): credit is held")
        #expect(balance.available == Self.won(isConfirmed ? 0 : credit), "\(comment)")
        #expect(try kept(by: Self.purchase) == (isConfirmed ? 4_000 : 0), "\(comment)")
        #expect(try kept(by: Self.secondCard) == (isConfirmed ? 2_000 : 0), "\(comment)")
        for moved in try gateway.entries().totals().values {
            #expect(try moved.authorized == moved.captured + moved.voided, "\(comment): money is set aside")
        }
        // What was overtaken by a void is found to have ended.
        #expect(try await checkout(seed: 43).payments.resolveUnknown(olderThan: .zero).open == [], "\(comment)")
        let open = try await base.documents(matching: .all(of: "payment-operations", limit: 10)).documents
        #expect(open.isEmpty, "\(comment): something is looked after still")
        let reservation = try inventory.reservation(ReservationID(bits: Self.order.bits))?.state
        let isFree = reservation == nil || reservation == .released
        #expect(isConfirmed ? reservation == .allocated : isFree, "\(comment)")
        return isConfirmed
    }
}
