import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// One checkout, several sellers.
struct GroupCheckoutTests {
    @Test(arguments: CheckoutFlow.allCases)
    func aPurchaseOfSeveralSellersIsAGroupWithAnOrderForEach(_ flow: CheckoutFlow) async throws {
        let mall = try MallFloor(flow: flow)
        try await mall.buy()
        let group = try await mall.orders.group(MallFloor.group, by: MallFloor.asBuyer)
        #expect(
            group.orders == [
                GroupedOrder(orderID: MallFloor.cupsOrder, sellerID: MallFloor.cups, total: MallFloor.won(3_000)),
                GroupedOrder(orderID: MallFloor.teasOrder, sellerID: MallFloor.teas, total: MallFloor.won(1_500)),
            ]
        )
        #expect(group.total == MallFloor.won(4_500))
        for (id, seller) in [(MallFloor.cupsOrder, MallFloor.cups), (MallFloor.teasOrder, MallFloor.teas)] {
            let order = try await mall.order(id)
            #expect(order.status == .confirmed && order.sellerID == seller && order.groupID == MallFloor.group)
            #expect(order.paymentID == group.paymentID)
        }
        #expect(try mall.moved()?.captured == group.total)
        #expect(try await mall.available("cup") == 7)
        let split = try #require(try await mall.orders.split(of: MallFloor.group, by: .system))
        #expect(split.captured(of: MallFloor.teasOrder) == MallFloor.won(1_500))
        // Nothing was ordered under the request's own id.
        await #expect(throws: OrdersError.self) { try await mall.order(MallFloor.purchase) }
    }

    @Test func placingTheSamePurchaseAgainMakesNoSecondGroup() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let before = try await mall.eventCount()
        try await mall.buy()
        #expect(try await mall.eventCount() == before)
        #expect(try mall.gateway.entries().count == 2)
    }

    @Test(arguments: CheckoutFlow.allCases)
    func whenThePaymentIsDeclinedAllOrdersFail(_ flow: CheckoutFlow) async throws {
        let mall = try MallFloor([.authorize: GatewayRates(declined: .percent(100))], flow: flow)
        guard case .refused(.payment) = try await mall.place() else {
            Issue.record("not refused")
            return
        }
        for id in [MallFloor.cupsOrder, MallFloor.teasOrder] {
            let order = try await mall.order(id)
            #expect(order.status == .failed && order.failure == .paymentRefused)
        }
        #expect(try await mall.available("cup") == 10)
    }

    @Test(arguments: CheckoutFlow.allCases)
    func whenOneSellerHasTooFewAllOrdersFail(_ flow: CheckoutFlow) async throws {
        let mall = try MallFloor(flow: flow, stock: .units(2))
        guard case .refused(.stock) = try await mall.place() else {
            Issue.record("not refused")
            return
        }
        for id in [MallFloor.cupsOrder, MallFloor.teasOrder] {
            #expect(try await mall.order(id).failure == .outOfStock)
        }
        if let moved = try mall.moved() { #expect(moved.captured == moved.refunded) }
    }

    @Test(arguments: [MallFloor.cups, nil] as [SellerID?])
    func whatOneSellerOrNoneSellsIsOneOrderUnderTheRequestsId(_ seller: SellerID?) async throws {
        let mall = try MallFloor()
        let lines = [MallFloor.line("cup", .one, 1_000, of: seller), MallFloor.line("tea", .one, 500, of: seller)]
        try await mall.buy(MallFloor.request(lines))
        let order = try await mall.order(MallFloor.purchase)
        #expect(order.status == .confirmed && order.groupID == nil && order.sellerID == seller)
        await #expect(throws: OrdersError.self) { try await mall.orders.group(MallFloor.group, by: .system) }
    }

    @Test func aGroupTakesAsManyCommitsAsAnOrder() async throws {
        func commits(_ lines: [OrderLine]) async throws -> Int64 {
            let mall = try MallFloor()
            try await mall.buy(MallFloor.request(lines))
            return try await mall.commitCount()
        }
        let single = try await commits([MallFloor.lines[0]])
        #expect(try await commits(MallFloor.lines) == single)
    }

    @Test func whatThePlatformSellsIsAnOrderOfItsOwnBesideThoseOfSellers() async throws {
        let mall = try MallFloor()
        try await mall.buy(MallFloor.request(MallFloor.lines + [MallFloor.line("card", .one, 100, of: nil)]))
        let own = try await mall.order(OrderID(of: nil, in: MallFloor.purchase))
        #expect(own.sellerID == nil && own.total == MallFloor.won(100))
        #expect(try await mall.orders.group(MallFloor.group, by: .system).total == MallFloor.won(4_600))
    }

    @Test func groupsThatCannotExistAreInvalid() async throws {
        let mall = try MallFloor()
        let sellers = (0..<51).map { MallFloor.line("cup", .one, 1, of: SellerID(bits: $0)) }
        await #expect(throws: CheckoutError.invalidGroup(.tooManyOrders(count: 51, maximum: 50))) {
            try await mall.place(MallFloor.request(sellers))
        }
        let dollars = OrderLine(
            sku: "tea",
            sellerID: MallFloor.teas,
            quantity: .one,
            unitPrice: Money(minorUnits: 1, .usd)
        )
        await #expect(throws: CheckoutError.self) {
            try await mall.place(MallFloor.request([MallFloor.lines[0], dollars]))
        }
    }
}

extension MallFloor {
    func eventCount() async throws -> Int {
        try await store.events(after: .start, matching: .all, limit: 1_000).events.count
    }

    /// How many transactions have left events or journal entries, which every commit of a checkout does.
    func commitCount() async throws -> Int64 {
        let journals = try await store.events(
            after: .start,
            matching: .categories(["order", "order-group", "payment", "$saga"]),
            limit: 1_000
        )
        return Int64(Set(journals.events.map(\.transaction)).count)
    }
}

/// Promotions and shipping of a purchase of several sellers.
struct GroupPricingTests {
    static func key(_ seller: SellerID) -> SellerKey { SellerKey(seller) }

    static func basket(shipping: [ShippingCharge]) throws -> Basket {
        Basket(
            .krw,
            lines: [
                BasketLine(
                    "a",
                    MallFloor.won(1_000),
                    quantity: try Quantity(2),
                    sku: "cup",
                    seller: key(MallFloor.cups)
                ),
                BasketLine("b", MallFloor.won(500), quantity: try Quantity(3), sku: "tea", seller: key(MallFloor.teas)),
            ],
            shipping: shipping
        )
    }

    static func mall() throws -> MallFloor {
        let promotion = Promotion("spring", .percentOff(.percent(7), cap: nil))
        return try MallFloor(pricing: CheckoutPricing(promotions: ListedPromotions([promotion])))
    }

    @Test func eachOrderComesToTheSharesOfItsOwnLinesAndCharges() async throws {
        let mall = try Self.mall()
        let basket = try Self.basket(shipping: [
            ShippingCharge("s", MallFloor.won(300), seller: Self.key(MallFloor.teas)),
            ShippingCharge("all", MallFloor.won(50)),
        ])
        let request = CheckoutRequest(
            order: MallFloor.purchase,
            buyer: MallFloor.buyer,
            purchase: Purchase(basket: basket)
        )
        guard case .confirmed(let bought) = try await mall.place(request) else {
            Issue.record("not confirmed")
            return
        }
        let cups = try await mall.order(MallFloor.cupsOrder)
        let teas = try await mall.order(MallFloor.teasOrder)
        #expect(cups.shares?.lines.map(\.id) == ["a"] && teas.shares?.lines.map(\.id) == ["b"])
        #expect(teas.shares?.shipping.map(\.id) == ["s"])
        // Nobody here sells what the shared charge is for, so it stands with the first order and is marked.
        #expect(cups.shares?.shipping.map(\.id) == ["all"])
        #expect(cups.placed?.groupCharges == ["all"] && teas.placed?.groupCharges == nil)
        let sum = try Money.sum(of: [cups.total, teas.total].compactMap { $0 }, in: .krw)
        #expect(sum == bought.total)
        #expect(try await mall.orders.group(MallFloor.group, by: .system).total == bought.total)
        // 7 % of 2,000 and of 1,500: what was taken off stands with the order it was taken off.
        #expect(cups.shares?.promotions.map(\.amountMinor) == [140])
        #expect(teas.shares?.promotions.map(\.amountMinor) == [105])
    }

    /// Whoever pays for a discount pays for all of it, in one order or another: nothing is left to the platform by the way.
    @Test(arguments: [CostBearer.sellers, .shared(sellers: .percent(33)), .platform])
    func whatSellersPayOfDiscountsIsTheSameInTheOrdersAsInTheWhole(_ bearer: CostBearer) async throws {
        let promotions = [
            Promotion("goods", .percentOff(.percent(7), cap: nil), bearer: bearer),
            Promotion("post", .shipping(.percentOff(.percent(50))), bearer: bearer),
        ]
        let mall = try MallFloor(pricing: CheckoutPricing(promotions: ListedPromotions(promotions)))
        // A carrier that sells no goods here, and one whose key is no id of a seller.
        let basket = try Self.basket(shipping: [
            ShippingCharge("own", MallFloor.won(301), seller: Self.key(MallFloor.teas)),
            ShippingCharge("carrier", MallFloor.won(205), seller: Self.key(SellerID(bits: 0x99))),
            ShippingCharge("courier", MallFloor.won(103), seller: "courier"),
            ShippingCharge("all", MallFloor.won(55)),
        ])
        let request = CheckoutRequest(
            order: MallFloor.purchase,
            buyer: MallFloor.buyer,
            purchase: Purchase(basket: basket)
        )
        guard case .confirmed(let bought) = try await mall.place(request) else {
            Issue.record("not confirmed")
            return
        }
        func costs(_ shares: [FrozenShares?]) -> [SellerKey: Int64] {
            shares.flatMap { $0?.promotions ?? [] }.flatMap(\.sellers).reduce(into: [:]) {
                $0[$1.seller, default: 0] += $1.amountMinor
            }
        }
        let orders = [try await mall.order(MallFloor.cupsOrder), try await mall.order(MallFloor.teasOrder)]
        #expect(costs(orders.map(\.shares)) == costs([bought.shares]))
        if bearer == .sellers { #expect(costs([bought.shares])["courier"] == 52) }
        func discounts(_ shares: [FrozenShares?]) -> Int64 {
            shares.flatMap { $0?.promotions ?? [] }.reduce(0) { $0 + $1.amountMinor }
        }
        #expect(discounts(orders.map(\.shares)) == discounts([bought.shares]))
    }

    @Test func aGiftIsThePlatformsUnlessASellerSellsTheSame() async throws {
        let gifts = [
            Promotion("card", .gift(Gift("card"))), Promotion("tea", .gift(Gift("tea"))),
        ]
        let mall = try MallFloor(pricing: CheckoutPricing(promotions: ListedPromotions(gifts)))
        let request = CheckoutRequest(
            order: MallFloor.purchase,
            buyer: MallFloor.buyer,
            purchase: Purchase(basket: try Self.basket(shipping: []))
        )
        try await mall.buy(request)
        #expect(try await mall.order(MallFloor.teasOrder).lines.map(\.quantity.value) == [3, 1])
        let own = try await mall.order(OrderID(of: nil, in: MallFloor.purchase))
        #expect(own.lines.map(\.sku) == ["card"] && own.total == MallFloor.won(0))
    }
}
