import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// All services of a marketplace over one store.
struct WholeMarket: Sendable {
    static let staff = CommandActor.operator(MemberID(bits: 900))
    static let source: LoginSource = "203.0.113.7"

    let clock = ManualClock()
    let store: InMemoryStore
    let environment: ServiceEnvironment
    let gateway: ScriptedPaymentGateway
    let mailbox = ScriptedMailGateway()
    let bank = ScriptedPayoutProvider()
    let inventory: StoreInventory
    let checkout: Checkout
    let members: Members
    let mail: MailDesk
    let enterprises: Enterprises
    let sellers: Sellers
    let catalog: ProductCatalog
    let orders: Orders
    let shipments: Shipments
    let payments: Payments
    let purchases: PurchaseIndex
    let reviews: Reviews
    let settlement: Settlement
    let terms: SettlementTerms

    init(seed: UInt64 = 1, _ rates: [GatewayOperationKind: GatewayRates] = [:]) throws {
        store = InMemoryStore(wallClock: clock.wall, clock: clock)
        environment = ServiceEnvironment(
            store: store,
            codec: .json,
            identifiers: SeededIdentifiers(seed: seed),
            wallClock: clock.wall
        )
        gateway = ScriptedPaymentGateway(GatewayScript(rates), seed: seed, clock: clock)
        inventory = StoreInventory(store: store, codec: .json)
        checkout = Self.checkout(over: store, inventory, gateway, clock, seed: seed &+ 1)
        let secrets = InsecureMessageAuthenticator(forTestsOnly: "members")
        let ports = MemberPorts(
            hasher: TestOnlyPasswordHasher(round: 1),
            tokens: StoredTokens(in: environment, secrets: secrets),
            secrets: secrets,
            codes: ScriptedCodeSender(),
            identities: ScriptedSocialIdentities()
        )
        members = Members(in: environment, ports: ports)
        mail = MailDesk(in: environment, gateway: mailbox)
        enterprises = Enterprises(in: environment)
        sellers = Sellers(in: environment)
        catalog = ProductCatalog(in: environment)
        orders = Orders(in: environment, gateway: gateway, inventory: inventory, checkout: checkout)
        shipments = Shipments(in: environment, inventory: inventory)
        payments = Payments(in: environment, gateway: gateway)
        purchases = PurchaseIndex(in: environment)
        reviews = Reviews(in: environment, purchases: purchases)
        settlement = Settlement(in: environment, payouts: bank)
        let rule = try CommissionRule("ten", fee: .percent(.percent(10), of: .net))
        terms = SettlementTerms(commissions: try CommissionRules([rule], taxRate: .percent(20)))
    }

    /// The checkout of one process.
    static func checkout(
        over store: InMemoryStore,
        _ inventory: any InventoryStore,
        _ gateway: any PaymentGateway,
        _ clock: ManualClock,
        seed: UInt64
    ) -> Checkout {
        Checkout(
            store: store,
            inventory: inventory,
            gateway: gateway,
            codec: .json,
            identifiers: SeededIdentifiers(seed: seed),
            configuration: CheckoutConfiguration(gatewayTimeout: nil),
            wallClock: clock.wall,
            clock: clock
        )
    }

    static func won(_ amount: Int64) -> Money { Money(minorUnits: amount, .krw) }

    /// What a test makes keys of.
    static func key<Subject>(_ text: String) -> TextKey<Subject> { TextKey(stringLiteral: text) }

    /// Places a purchase of goods in the catalogue.
    @discardableResult
    func place(
        _ order: OrderID,
        by buyer: MemberID,
        _ requests: [CatalogLineRequest],
        through other: Checkout? = nil
    ) async throws -> CheckoutOutcome {
        let lines = try await catalog.lines(for: requests)
        let checkout = other ?? checkout
        return try await clock.advancing {
            try await checkout.place(CheckoutRequest(order: order, buyer: buyer, lines: lines))
        }
    }

    /// All events that are not a journal's, in the order of the feed.
    func events(after position: FeedPosition = .start) async throws -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        var next = position
        while true {
            let slice = try await store.events(after: next, matching: .all, limit: StoreLimits.pageSize)
            events += slice.events
            next = slice.position
            if slice.isCaughtUp { return events }
        }
    }

    /// Who keeps a read model up to date.
    func runner(of projection: any Projection, over other: InMemoryStore? = nil) -> ProjectionRunner {
        ProjectionRunner(
            projection,
            store: other ?? store,
            signal: other ?? store,
            identifiers: environment.identifiers,
            wallClock: clock.wall,
            clock: clock
        )
    }
}
