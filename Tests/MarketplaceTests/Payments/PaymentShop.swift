import Marketplace
import MarketplaceTestKit
import Testing

/// A marketplace that has nothing but payments, and can be opened again over what an earlier process left.
struct PaymentShop: Sendable {
    static let payment = PaymentID(bits: 8)
    static let order = OrderID(bits: 9)
    static let buyer = MemberID(bits: 10)
    static let stranger = MemberID(bits: 11)
    static let staff = CommandActor.operator(MemberID(bits: 12))

    let clock = ManualClock()
    let identifiers: SeededIdentifiers
    let base: InMemoryStore
    let gateway: ScriptedPaymentGateway

    init(_ script: GatewayScript = .approving, seed: UInt64 = 1) {
        identifiers = SeededIdentifiers(seed: seed)
        base = InMemoryStore(wallClock: clock.wall, clock: clock)
        gateway = ScriptedPaymentGateway(script, seed: seed, clock: clock)
    }

    static func won(_ amount: Int64) -> Money { Money(minorUnits: amount, .krw) }

    /// What the gateway is asked under.
    static func key(_ part: String) -> IdempotencyKey { IdempotencyKey(stringLiteral: "\(payment)/\(part)") }

    func environment(over store: (any Store)? = nil) -> ServiceEnvironment {
        ServiceEnvironment(
            store: store ?? base,
            codec: .json,
            identifiers: identifiers,
            wallClock: clock.wall
        )
    }

    /// The payments of one process.
    func payments(
        over store: (any Store)? = nil,
        at gateway: (any PaymentGateway)? = nil,
        methods: PaymentMethods? = nil
    ) -> Payments {
        Payments(
            in: environment(over: store),
            gateway: gateway ?? self.gateway,
            methods: methods
        )
    }

    /// A payment of 100 won that stands there.
    @discardableResult
    func begun(_ id: PaymentID = payment, _ amount: Int64 = 100) async throws -> Payment {
        try await payments().begin(
            id,
            for: Self.order,
            buyer: Self.buyer,
            amount: Self.won(amount),
            by: .system,
            key: "begin"
        )
    }

    @discardableResult
    func authorized(_ id: PaymentID = payment, _ amount: Int64 = 100) async throws -> Payment {
        try await begun(id, amount)
        return try await payments().authorize(id, confirming: Self.won(amount), by: .system, key: "authorize")
    }

    @discardableResult
    func captured(_ id: PaymentID = payment, _ amount: Int64 = 100) async throws -> Payment {
        try await authorized(id, amount)
        return try await payments().capture(id, by: .system, key: "capture")
    }

    func load(_ id: PaymentID = payment) async throws -> Payment {
        try #require(try await payments().payment(id, by: .system))
    }

    /// What the gateway itself has moved.
    func moved(_ id: PaymentID = payment) throws -> GatewayTotals? {
        try gateway.entries().totals()[id]
    }

    /// The gateway and the payment tell the same story, and nothing is left under way.
    func expectAgreement(_ id: PaymentID = payment, _ comment: String = "") async throws {
        let payment = try await load(id)
        let moved = try moved(id)
        let zero = Self.won(0)
        #expect(payment.amounts?.captured == moved?.captured ?? zero, "\(comment)")
        #expect(payment.amounts?.refunded == moved?.refunded ?? zero, "\(comment)")
        #expect(payment.amounts?.pendingRefunds == zero, "\(comment)")
        for kind in PaymentOperationKind.allCases { #expect(payment.keysUnderWay(kind).isEmpty, "\(comment): \(kind)") }
        let open = try await base.documents(matching: .all(of: "payment-operations", limit: 10))
        #expect(open.documents.isEmpty, "\(comment): something is still looked after")
    }
}

/// What a call of payments ended with; nil when it succeeded.
func paymentError(_ body: () async throws(PaymentError) -> Void) async -> PaymentError? {
    do throws(PaymentError) {
        try await body()
        return nil
    } catch {
        return error
    }
}
