import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// A shop that sells espresso at 4,500 won and mugs at 12,000, with promotions, campaigns and coupons.
struct CouponShop: Sendable {
    static let campaign = CampaignID(bits: 77)

    let clock = ManualClock()
    let store: InMemoryStore
    let inventory = InMemoryInventory()
    let gateway: ScriptedPaymentGateway
    let orders: Repository<Order>
    let redemptions: CouponRedemptions
    let codes: CouponCodes
    let issuing: CouponIssuing
    let checkout: Checkout
    private let campaigns: Campaigns
    private let setting: Setting

    /// What all processes of the shop are configured with.
    private struct Setting: Sendable {
        let promotions: [Promotion]
        let flow: CheckoutFlow
        let policy: PricingPolicy
        let isListed: Bool

        private func source(over store: any Store) -> any PromotionSource {
            guard !isListed else { return ListedPromotions(promotions) }
            return CampaignPromotions(
                promotions,
                codes: CouponCodes(store: store, codec: .json),
                redemptions: CouponRedemptions(store: store, codec: .json)
            )
        }

        func checkout(
            over store: any Store,
            _ inventory: InMemoryInventory,
            _ gateway: ScriptedPaymentGateway,
            _ clock: ManualClock,
            seed: UInt64
        ) -> Checkout {
            Checkout(
                store: store,
                inventory: inventory,
                gateway: gateway,
                codec: .json,
                identifiers: SeededIdentifiers(seed: seed),
                pricing: CheckoutPricing(promotions: source(over: store), policy: policy),
                configuration: CheckoutConfiguration(flow: flow, gatewayTimeout: nil),
                randomness: SeededRandomSource(seed: seed),
                wallClock: clock.wall,
                clock: clock
            )
        }
    }

    init(
        _ promotions: [Promotion],
        flow: CheckoutFlow = .reserveFirst,
        policy: PricingPolicy = .standard,
        isListed: Bool = false,
        stock: Quantity = .units(100_000),
        _ rates: [GatewayOperationKind: GatewayRates] = [:],
        seed: UInt64 = 1
    ) async throws {
        store = InMemoryStore(wallClock: clock.wall, clock: clock)
        gateway = ScriptedPaymentGateway(GatewayScript(rates), seed: seed, clock: clock)
        orders = Repository(in: store, codec: .json, identifiers: SeededIdentifiers(seed: 2))
        redemptions = CouponRedemptions(store: store, codec: .json)
        codes = CouponCodes(store: store, codec: .json, random: SeededRandomSource(seed: 3))
        issuing = CouponIssuing(store: store, codec: .json)
        campaigns = Campaigns(store: store, codec: .json, identifiers: SeededIdentifiers(seed: 5))
        setting = Setting(promotions: promotions, flow: flow, policy: policy, isListed: isListed)
        checkout = setting.checkout(over: store, inventory, gateway, clock, seed: 6)
        for (number, sku) in (["espresso", "mug"] as [SKU]).enumerated() {
            let id = MovementID(bits: UInt128(number + 1))
            try inventory.record(.restock(id: id, sku: sku, quantity: stock, at: clock.wall.now))
        }
    }

    static func won(_ amount: Int64) -> Money { Money(minorUnits: amount, .krw) }

    static func espresso(_ quantity: Quantity) -> BasketLine {
        BasketLine("espresso", won(4_500), quantity: quantity, sku: "espresso")
    }

    /// A purchase of espresso.
    static func purchase(
        _ quantity: Quantity = .units(2),
        codes: [CouponCode] = [],
        stating total: Int64? = nil
    ) -> Purchase {
        Purchase(
            basket: Basket(.krw, lines: [espresso(quantity)]),
            codes: codes,
            statedTotal: total.map(won)
        )
    }

    /// Opens a campaign of a promotion.
    func open(_ promotion: PromotionID, totalLimit: Int64? = nil) async throws {
        let terms = CampaignTerms(
            name: "spring",
            promotions: [promotion],
            from: clock.wall.now.advanced(by: .seconds(-1)),
            until: clock.wall.now.advanced(by: .hours(24)),
            totalLimit: totalLimit
        )
        try await campaigns.perform(.open(terms), on: Self.campaign, key: "open", at: clock.wall.now)
    }

    /// The checkout of a process of its own.
    func checkout(over store: any Store, seed: UInt64) -> Checkout {
        setting.checkout(over: store, inventory, gateway, clock, seed: seed)
    }

    func place(
        _ purchase: Purchase,
        order: UInt128 = 1,
        at process: Checkout? = nil
    ) async throws -> CheckoutOutcome {
        let request = CheckoutRequest(order: OrderID(bits: order), buyer: MemberID(bits: order), purchase: purchase)
        let checkout = process ?? checkout
        return try await clock.advancing { try await checkout.place(request) }
    }

    /// What became of a redemption.
    func redemption(of order: UInt128 = 1) async throws -> RedemptionState? {
        try await redemptions.redemption(RedemptionID(bits: order))?.state
    }

    /// What the gateway has taken for an order.
    func captured(_ order: UInt128 = 1) throws -> Money? {
        try gateway.entries().totals()[PaymentID(bits: order)]?.captured
    }
}
