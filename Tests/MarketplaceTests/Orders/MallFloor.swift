import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// A marketplace of two sellers and the platform: cups of the first at 1,000 won, teas of the second at 500, cards of
/// the platform at 100.
struct MallFloor: Sendable {
    static let cups = SellerID(bits: 0xC)
    static let teas = SellerID(bits: 0x7)
    static let buyer = MemberID(bits: 0xB)
    static let staff = MemberID(bits: 0xA)
    static let purchase = OrderID(bits: 0x100)
    static let group = OrderGroupID(of: purchase)
    static let asBuyer = CommandActor.buyer(buyer)
    static let cupsOrder = OrderID(of: cups, in: purchase)
    static let teasOrder = OrderID(of: teas, in: purchase)

    let clock = ManualClock()
    let store: InMemoryStore
    let inventory = InMemoryInventory()
    let gateway: ScriptedPaymentGateway
    let environment: ServiceEnvironment
    let checkout: Checkout
    let orders: Orders
    let shipments: Shipments
    let book: AddressBook

    init(
        _ rates: [GatewayOperationKind: GatewayRates] = [:],
        flow: CheckoutFlow = .reserveFirst,
        pricing: CheckoutPricing = CheckoutPricing(),
        stock: Quantity = .units(10)
    ) throws {
        store = InMemoryStore(wallClock: clock.wall, clock: clock)
        gateway = ScriptedPaymentGateway(GatewayScript(rates), seed: 1, clock: clock)
        environment = ServiceEnvironment(
            store: store,
            codec: .json,
            identifiers: SeededIdentifiers(seed: 2),
            wallClock: clock.wall
        )
        checkout = Checkout(
            store: store,
            inventory: inventory,
            gateway: gateway,
            codec: .json,
            identifiers: SeededIdentifiers(seed: 1),
            pricing: pricing,
            configuration: CheckoutConfiguration(flow: flow, gatewayTimeout: nil),
            wallClock: clock.wall,
            clock: clock
        )
        orders = Orders(in: environment, gateway: gateway, inventory: inventory, checkout: checkout)
        shipments = Shipments(in: environment, inventory: inventory)
        book = AddressBook(in: environment)
        for (number, sku) in (["cup", "tea", "card"] as [SKU]).enumerated() {
            let id = MovementID(bits: UInt128(number + 1))
            try inventory.record(.restock(id: id, sku: sku, quantity: stock, at: clock.wall.now))
        }
    }

    static func won(_ amount: Int64) -> Money { Money(minorUnits: amount, .krw) }

    static func line(_ sku: SKU, _ quantity: Quantity, _ price: Int64, of seller: SellerID?) -> OrderLine {
        OrderLine(sku: sku, sellerID: seller, quantity: quantity, unitPrice: won(price))
    }

    static let lines = [
        line("cup", .units(2), 1_000, of: cups), line("tea", .units(3), 500, of: teas),
        line("cup", .one, 1_000, of: cups),
    ]

    static func request(_ lines: [OrderLine] = lines, address: AddressID? = nil) -> CheckoutRequest {
        CheckoutRequest(order: purchase, buyer: buyer, lines: lines, address: address)
    }

    func place(_ request: CheckoutRequest = request()) async throws -> CheckoutOutcome {
        let checkout = checkout
        return try await clock.advancing { try await checkout.place(request) }
    }

    /// Places the purchase, which must succeed.
    func buy(_ request: CheckoutRequest = request()) async throws {
        guard case .confirmed = try await place(request) else {
            Issue.record("not confirmed")
            return
        }
    }

    func order(_ id: OrderID) async throws -> Order { try await orders.order(id, by: .system) }

    /// What the gateway took and gave back for the purchase.
    func moved() throws -> GatewayTotals? {
        try gateway.entries().totals()[PaymentID(bits: Self.purchase.bits)]
    }

    func available(_ sku: SKU) async throws -> Int64? { try await inventory.stock(of: sku)?.available }
}
