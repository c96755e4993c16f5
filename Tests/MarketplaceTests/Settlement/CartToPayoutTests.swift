import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// From the cart to the bank, on terms that look at the catalogue.
@Suite struct CartToPayoutTests {
    private static let seller = SellerID(bits: 0x5E)
    private static let asSeller = CommandActor.seller(seller)
    private static let buyer = MemberID(bits: 7)
    private static let owner = CartOwner.member(buyer)
    private static let order = OrderID(bits: 0x100)
    private static let optics = CategoryID(bits: 1)
    private static let lenses = CategoryID(bits: 2)

    /// 8% of optics and all below it, half of the mug, 20% of the rest.
    private static func terms() throws -> SettlementTerms {
        let rules = [
            try CommissionRule(
                "optics",
                for: CommissionFacts([.category: [optics.description]]),
                fee: .percent(.percent(8), of: .net)
            ),
            try CommissionRule(
                "mug",
                for: CommissionFacts([.product: [ProductID(bits: 3).description]]),
                fee: .percent(.percent(50), of: .net)
            ),
            try CommissionRule("rest", fee: .percent(.percent(20), of: .net)),
        ]
        return SettlementTerms(commissions: try CommissionRules(rules))
    }

    /// A lens in a category below optics, a book in none, and a mug: each at 10,000 won.
    private static func open(_ market: WholeMarket) async throws {
        try await market.catalog.createCategory(optics, name: "Optics", by: WholeMarket.staff, key: "optics")
        try await market.catalog.createCategory(
            lenses,
            under: optics,
            name: "Lenses",
            by: WholeMarket.staff,
            key: "lenses"
        )
        for (number, sku) in (["lens", "book", "mug"] as [SKU]).enumerated() {
            let id = ProductID(bits: UInt128(number + 1))
            try await market.catalog.create(id, of: seller, title: "\(sku)", by: asSeller, key: "create")
            let variant = ProductVariant(id: VariantID(bits: id.bits << 8), sku: sku, price: WholeMarket.won(10_000))
            try await market.catalog.addVariant(variant, to: id, by: asSeller, key: "variant")
            if sku == "lens" {
                try await market.catalog.edit(id, ProductEdit(categories: [lenses]), by: asSeller, key: "edit")
            }
            try await market.catalog.activate(id, by: asSeller, key: "activate")
            let movement = MovementID(bits: UInt128(number + 1))
            let now = market.clock.wall.now
            try await market.inventory.record(.restock(id: movement, sku: sku, quantity: .units(5), at: now))
        }
    }

    @Test func aPurchaseFromACartIsSettledByTheCategoriesAndProductsOfItsGoods() async throws {
        let market = try WholeMarket()
        try await Self.open(market)
        let carts = Carts(in: market.environment, offers: CatalogOffers(market.catalog))
        for sku in ["lens", "book", "mug"] as [SKU] {
            let key = try IdempotencyKey("add \(sku)")
            try await carts.perform(.add(sku, .units(2)), in: Self.owner, by: .buyer(Self.buyer), key: key)
        }
        let view = try await carts.view(of: Self.owner, by: .buyer(Self.buyer))
        let purchase = try #require(view.purchase)
        let request = CheckoutRequest(order: Self.order, buyer: Self.buyer, purchase: purchase)
        let outcome = try await market.clock.advancing { try await market.checkout.place(request) }
        guard case .confirmed = outcome else {
            Issue.record("not confirmed: \(outcome)")
            return
        }
        let lines = try await market.orders.order(Self.order, by: .system).lines
        #expect(lines.map(\.productID) == [1, 2, 3].map { ProductID(bits: $0) })
        #expect(lines.map(\.variantID) == [1, 2, 3].map { VariantID(bits: $0 << 8) })

        let follower = SettlementFollower(
            in: market.environment,
            settlement: market.settlement,
            catalog: market.catalog,
            terms: try Self.terms()
        )
        let parcel = ShipmentID(bits: 9)
        let units = lines.indices.map { OrderUnits(lineIndex: $0, units: 2) }
        try await market.shipments.create(parcel, of: Self.order, units, by: Self.asSeller, key: "create")
        let bill = Waybill(carrier: "cj", trackingNumber: "1")
        try await market.shipments.registerWaybill(bill, for: parcel, by: Self.asSeller, key: "bill")
        try await market.shipments.handOver(parcel, by: Self.asSeller, key: "hand over")
        try await market.shipments.confirmDelivery(of: parcel, by: .buyer(Self.buyer), key: "there")
        try await market.runner(of: follower).catchUp()
        market.clock.advance(by: .days(1))
        let period = SettlementPeriod(endingAt: market.clock.wall.now)
        try await market.settlement.settle(period, by: .system)
        try await market.settlement.sendPayouts(by: .system)
        // 20,000 each, less 8%, 20% and 50%.
        #expect(market.bank.sent.map(\.amount) == [WholeMarket.won(18_400 + 16_000 + 10_000)])
        let trial = try await market.settlement.trialBalance(by: WholeMarket.staff)
        #expect(trial.isBalanced)
        #expect(trial[.commissionRevenue, .krw] == WholeMarket.won(-15_600))
        #expect(trial[.cash, .krw] == WholeMarket.won(15_600))
    }

    @Test func aPriceThatHoldsForATimeIsChosenByTheServersClockWhenTheCartIsPriced() async throws {
        let market = try WholeMarket()
        try await Self.open(market)
        let now = market.clock.wall.now
        let sale = PriceTier(
            price: WholeMarket.won(7_000),
            validFrom: now.advanced(by: .hours(1)),
            validUntil: now.advanced(by: .hours(3))
        )
        let (product, variant) = (ProductID(bits: 1), VariantID(bits: 1 << 8))
        let action = ProductAction.setPriceTiers(of: variant, to: [sale])
        try await market.catalog.perform(action, on: product, by: Self.asSeller, key: "sale")
        let carts = Carts(in: market.environment, offers: CatalogOffers(market.catalog))
        try await carts.perform(.add("lens", .one), in: Self.owner, by: .buyer(Self.buyer), key: "add")
        for (wait, expected) in [
            (Duration.zero, Int64(10_000)), (.hours(1) - .microseconds(1), 10_000), (.microseconds(1), 7_000),
            (.hours(2) - .microseconds(1), 7_000), (.microseconds(1), 10_000),
        ] {
            market.clock.advance(by: wait)
            let time = market.clock.wall.now
            let view = try await carts.view(of: Self.owner, by: .buyer(Self.buyer))
            #expect(view.quote?.priced.totals.total == WholeMarket.won(expected), "\(time)")
            let line = try await market.catalog.line(for: CatalogLineRequest("lens", .one))
            #expect(line.unitPrice == WholeMarket.won(expected), "\(time)")
        }
        let history = try await market.catalog.priceListHistory(of: variant, of: product)
        let price = history.price(taking: .one, at: now.advanced(by: .hours(2)))
        #expect(price?.tier == sale)
    }
}
