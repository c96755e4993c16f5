import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// A catalogue on a store of its own, with somebody of each role.
struct CatalogWorld: Sendable {
    static let seller = SellerID(bits: 4)
    static let otherSeller = SellerID(bits: 5)
    static let staff = CommandActor.operator(MemberID(bits: 6))

    let clock = ManualClock()
    let base: InMemoryStore
    let store: FaultInjectingStore
    let environment: ServiceEnvironment
    let catalog: ProductCatalog
    let records: ProductSearchRecords

    init(seed: UInt64 = 1) {
        base = InMemoryStore(wallClock: clock.wall, clock: clock)
        store = FaultInjectingStore(base)
        environment = ServiceEnvironment(
            store: store,
            codec: .json,
            identifiers: SeededIdentifiers(seed: seed),
            wallClock: clock.wall
        )
        catalog = ProductCatalog(in: environment)
        records = ProductSearchRecords(in: environment)
    }

    static func won(_ amount: Int64) -> Money { Money(minorUnits: amount, .krw) }

    static func product(_ number: Int) -> ProductID { ProductID(bits: UInt128(number)) }

    static func category(_ number: Int) -> CategoryID { CategoryID(bits: UInt128(number)) }

    static func variant(_ number: Int, sku: SKU? = nil, price: Int64 = 1_000) -> ProductVariant {
        ProductVariant(
            id: VariantID(bits: UInt128(number)),
            sku: sku ?? SKU(stringLiteral: "sku-\(number)"),
            price: won(price)
        )
    }

    /// A product on sale with one variant, whose SKU is `sku-` and its number.
    @discardableResult
    func sell(
        _ number: Int,
        _ title: String = "Tea pot",
        price: Int64 = 1_000,
        by seller: SellerID = CatalogWorld.seller
    ) async throws -> ProductID {
        let id = Self.product(number)
        let actor = CommandActor.seller(seller)
        try await catalog.create(id, of: seller, title: title, by: actor, key: "create")
        try await catalog.addVariant(Self.variant(number, price: price), to: id, by: actor, key: "variant")
        try await catalog.activate(id, by: actor, key: "activate")
        return id
    }

    /// What a call is refused with; nil when it succeeds.
    func refusal(of body: () async throws(CatalogError) -> Void) async throws -> CatalogRefusal? {
        do throws(CatalogError) {
            try await body()
            return nil
        } catch {
            guard let refusal = error.refusal else { throw error }
            return refusal
        }
    }

    /// The names of all events on the feed.
    func eventNames() async throws -> [String] {
        try await base.events(after: .start, matching: .all, limit: 10_000).events.map(\.name)
    }

    /// An order of these lines that is placed and, unless told otherwise, confirmed.
    @discardableResult
    func order(
        _ number: Int,
        by buyer: MemberID,
        _ lines: [OrderLine],
        isConfirmed: Bool = true
    ) async throws -> OrderID {
        let orders = Repository(of: Order.self, in: store, codec: .json, identifiers: environment.identifiers)
        let (id, now) = (OrderID(bits: UInt128(number)), clock.wall.now)
        let create = ActorCommand(OrderAction.create(id: id, buyer: buyer, lines: lines), by: .buyer(buyer), at: now)
        try await orders.handle(create, on: id, key: "place", at: now)
        guard isConfirmed else { return id }
        try await orders.handle(ActorCommand(.confirm, by: .system, at: now), on: id, key: "confirm", at: now)
        return id
    }

    func cancelOrder(_ id: OrderID) async throws {
        try await perform(.cancel(.other), on: id, by: Self.staff)
    }

    /// Asks something of an order, as the marketplace itself unless told otherwise.
    func perform(_ action: OrderAction, on id: OrderID, by actor: CommandActor = .system) async throws {
        let orders = Repository(of: Order.self, in: store, codec: .json, identifiers: environment.identifiers)
        let now = clock.wall.now
        let key = try IdempotencyKey("\(action)")
        try await orders.handle(ActorCommand(action, by: actor, at: now), on: id, key: key, at: now)
    }

    /// Brings a projection to the end of the feed.
    @discardableResult
    func catchUp(_ projection: any Projection) async throws -> Int {
        try await runner(of: projection).catchUp()
    }

    func runner(of projection: any Projection) -> ProjectionRunner {
        ProjectionRunner(
            projection,
            store: store,
            signal: base,
            identifiers: environment.identifiers,
            wallClock: clock.wall,
            clock: clock
        )
    }
}
