import Marketplace
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// A checkout computes prices and discounts itself, uses coupons with the order, and gives them back when it fails.
struct CouponCheckoutTests {
    static let limited = Promotion(
        "spring",
        .percentOff(.percent(20), cap: CouponShop.won(1_500)),
        codes: ["SPRING"],
        limits: PromotionLimits(total: 500, perMember: 1),
        bearer: .platform
    )

    @Test(arguments: CheckoutFlow.allCases)
    func theBuyerPaysWhatTheQuoteSaidAndTheLimitIsUsed(_ flow: CheckoutFlow) async throws {
        let shop = try await CouponShop([Self.limited], flow: flow)
        let quote = try await shop.checkout.quote(CouponShop.purchase(codes: ["SPRING"]), for: MemberID(bits: 1))
        #expect(quote.priced.totals.total == CouponShop.won(7_500))
        guard case .confirmed(let bought) = try await shop.place(CouponShop.purchase(codes: ["SPRING"], stating: 7_500))
        else {
            Issue.record("not confirmed")
            return
        }
        #expect(bought.total == CouponShop.won(7_500))
        #expect(try shop.captured() == CouponShop.won(7_500))
        let order = try await shop.orders.load(bought.order).root
        #expect(order.total == CouponShop.won(7_500))
        #expect(order.shares?.promotions.first?.amountMinor == 1_500)
        #expect(order.shares?.lines.first?.share(from: 0, units: 2).paidMinor == 7_500)
        #expect(try await shop.redemption() == .redeemed)
        #expect(try await shop.redemptions.used(.total, of: "spring") == 1)
    }

    @Test(arguments: CheckoutFlow.allCases)
    func aDeclinedPaymentGivesTheUseBack(_ flow: CheckoutFlow) async throws {
        let declined = GatewayRates(declined: .percent(100))
        let shop = try await CouponShop([Self.limited], flow: flow, [.authorize: declined])
        guard case .refused(.payment) = try await shop.place(CouponShop.purchase(codes: ["SPRING"])) else {
            Issue.record("not refused by the gateway")
            return
        }
        #expect(try await shop.redemptions.used(.total, of: "spring") == 0)
        #expect(try await shop.inventory.stock(of: "espresso")?.available == 100_000)
    }

    @Test(arguments: CheckoutFlow.allCases)
    func missingStockGivesTheUseBack(_ flow: CheckoutFlow) async throws {
        let shop = try await CouponShop([Self.limited], flow: flow, stock: .one)
        guard case .refused(.stock) = try await shop.place(CouponShop.purchase(codes: ["SPRING"])) else {
            Issue.record("not refused by the inventory")
            return
        }
        #expect(try await shop.redemptions.used(.total, of: "spring") == 0)
        #expect(try shop.captured() ?? CouponShop.won(0) == CouponShop.won(0) || flow == .payFirst)
    }

    @Test func anotherTotalThanTheBuyerSawBuysNothing() async throws {
        let shop = try await CouponShop([Self.limited])
        // The buyer was shown the discount and has taken the code out since.
        let outcome = try await shop.place(CouponShop.purchase(stating: 7_500))
        guard case .refused(.pricing(let refusal)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(refusal == .totalChanged(stated: CouponShop.won(7_500), computed: CouponShop.won(9_000)))
        #expect(try shop.gateway.entries().isEmpty)
        #expect(try await shop.inventory.stock(of: "espresso")?.available == 100_000)
    }

    @Test func whoeverBuysWithACodeThatCannotBeUsedIsToldWhy() async throws {
        let shop = try await CouponShop([Self.limited])
        let purchase = CouponShop.purchase(codes: ["NONSENSE", "SPRING"])
        let quote = try await shop.checkout.quote(purchase, for: MemberID(bits: 1))
        guard case .confirmed(let bought) = try await shop.place(purchase) else {
            Issue.record("not confirmed")
            return
        }
        #expect(bought.refusedCodes.map(\.code) == ["NONSENSE"])
        #expect(
            Dictionary(uniqueKeysWithValues: bought.refusedCodes.map { ($0.code, $0.refusal) }) == quote.refusedCodes
        )
        #expect(bought.total == CouponShop.won(7_500))
        // Another process, which has not priced it, is told the same.
        guard case .confirmed(let again) = try await shop.place(purchase, at: shop.checkout(over: shop.store, seed: 9))
        else {
            Issue.record("not confirmed")
            return
        }
        #expect(again.refusedCodes == bought.refusedCodes)
    }

    @Test func aSecondOrderOfTheMemberPaysFullPriceAndIsToldWhy() async throws {
        let shop = try await CouponShop([Self.limited])
        var purchase = CouponShop.purchase(codes: ["SPRING"])
        purchase.buyer.member = "ann"
        guard case .confirmed = try await shop.place(purchase, order: 1) else {
            Issue.record("not confirmed")
            return
        }
        let quote = try await shop.checkout.quote(purchase, for: MemberID(bits: 2))
        #expect(quote.priced.totals.total == CouponShop.won(9_000))
        #expect(
            quote.priced.outcome(of: "spring")?.refusal == .limitReached(.member("ann"), limit: 1, used: 1)
        )
    }

    @Test func placingTheSameOrderAgainChangesNothingWhateverThePromotionsAre() async throws {
        let shop = try await CouponShop([Self.limited])
        for _ in 0..<2 {
            guard case .confirmed(let bought) = try await shop.place(CouponShop.purchase(codes: ["SPRING"])) else {
                Issue.record("not confirmed")
                return
            }
            // The second time the member's one use is gone, and the order is still the first one.
            #expect(bought.total == CouponShop.won(7_500))
        }
        #expect(try await shop.redemptions.used(.total, of: "spring") == 1)
        #expect(try await shop.inventory.stock(of: "espresso")?.allocated == 2)
    }

    @Test func aListedPromotionThatIsUsedUpNoLongerAppliesAndTheShopGoesOnSelling() async throws {
        let shop = try await CouponShop(
            [Promotion("first", .percentOff(.percent(10)), limits: PromotionLimits(total: 1))],
            isListed: true
        )
        for (order, total) in [(1, 8_100), (2, 9_000)] as [(UInt128, Int64)] {
            guard case .confirmed(let bought) = try await shop.place(CouponShop.purchase(), order: order) else {
                Issue.record("order \(order) is not confirmed")
                return
            }
            #expect(bought.total == CouponShop.won(total))
        }
    }

    @Test func aCodeWithoutALimitIsUsedWithoutARedemption() async throws {
        let shop = try await CouponShop([Promotion("hello", .amountOffOrder(CouponShop.won(1_000)), codes: [])])
        try await shop.open("hello")
        try await shop.codes.share("WELCOME", for: CouponShop.campaign, at: shop.clock.wall.now)
        guard case .confirmed(let bought) = try await shop.place(CouponShop.purchase(codes: ["WELCOME"])) else {
            Issue.record("not confirmed")
            return
        }
        #expect(bought.total == CouponShop.won(8_000))
        #expect(bought.shares?.promotions.map(\.code) == ["WELCOME"])
        #expect(try await shop.redemption() == nil)
    }

    @Test func moreCodesThanAreLookedUpAreRefusedBeforeTheStoreIsAsked() async throws {
        let shop = try await CouponShop([Self.limited])
        let reads = Mutex(0)
        let store = FaultInjectingStore(shop.store, afterRead: { reads.withLock { $0 += 1 } })
        let checkout = shop.checkout(over: store, seed: 2)
        let codes = try (0...Purchase.maximumCodes).map { try CouponCode(validating: "CODE\($0)") }
        await #expect(throws: QuoteError.self) {
            try await checkout.quote(CouponShop.purchase(codes: codes), for: MemberID(bits: 1))
        }
        #expect(reads.withLock { $0 } == 0)
        await #expect(throws: CheckoutError.self) {
            try await shop.place(CouponShop.purchase(codes: codes), at: checkout)
        }
        #expect(store.commitCount == 0)
        _ = try await checkout.quote(CouponShop.purchase(codes: Array(codes.dropLast())), for: MemberID(bits: 1))
    }

    /// The figures are those of a checkout that knows no promotions.
    @Test(arguments: zip([CheckoutFlow.reserveFirst, .payFirst], [13, 11]))
    func aPurchaseThatClaimsNothingCostsNoCommitMore(_ flow: CheckoutFlow, _ commits: Int) async throws {
        let shop = try await CouponShop([], flow: flow)
        let store = FaultInjectingStore(shop.store)
        let checkout = shop.checkout(over: store, seed: 2)
        let line = OrderLine(sku: "espresso", quantity: .one, unitPrice: CouponShop.won(4_500))
        let request = CheckoutRequest(order: OrderID(bits: 1), buyer: MemberID(bits: 1), lines: [line])
        guard case .confirmed = try await shop.clock.advancing(while: { try await checkout.place(request) }) else {
            Issue.record("not confirmed")
            return
        }
        #expect(store.commitCount == commits)
        // One that is priced has the journal entry of the step that does so.
        guard case .confirmed = try await shop.place(CouponShop.purchase(), order: 2, at: checkout) else {
            Issue.record("not confirmed")
            return
        }
        #expect(store.commitCount == 2 * commits + 1)
    }

    @Test func aPromotionWithoutLimitsClaimsNothing() async throws {
        let shop = try await CouponShop([Promotion("always", .percentOff(.percent(10)))])
        guard case .confirmed(let bought) = try await shop.place(CouponShop.purchase()) else {
            Issue.record("not confirmed")
            return
        }
        #expect(bought.total == CouponShop.won(8_100))
        #expect(try await shop.redemption() == nil)
    }

    @Test func aGiftIsTakenFromStockAndCostsNothing() async throws {
        let shop = try await CouponShop([Promotion("mug", .gift(Gift("mug", worth: CouponShop.won(12_000))))])
        guard case .confirmed(let bought) = try await shop.place(CouponShop.purchase()) else {
            Issue.record("not confirmed")
            return
        }
        #expect(bought.total == CouponShop.won(9_000))
        #expect(try await shop.inventory.stock(of: "mug")?.allocated == 1)
        #expect(try await shop.orders.load(bought.order).root.lines.map(\.sku) == ["espresso", "mug"])
    }

    @Test func aMembersCouponIsUsedOnceAndGivenBackWhenTheOrderFails() async throws {
        let promotion = Promotion("voucher", .amountOffOrder(CouponShop.won(3_000)), codes: [])
        let declinedOnce = try await CouponShop([promotion], [.authorize: GatewayRates(declined: .percent(100))])
        try await declinedOnce.open("voucher")
        let coupon = try await declinedOnce.issuing.issue(
            CouponShop.campaign,
            to: MemberKey(MemberID(bits: 1)),
            key: "first",
            at: declinedOnce.clock.wall.now
        )
        let purchase = CouponShop.purchase(codes: [coupon.code])
        guard case .refused(.payment) = try await declinedOnce.place(purchase) else {
            Issue.record("not declined")
            return
        }
        #expect(
            try await declinedOnce.issuing.coupon(coupon.code, at: declinedOnce.clock.wall.now)?.state == .available
        )
        let quote = try await declinedOnce.checkout.quote(purchase, for: MemberID(bits: 1))
        #expect(quote.priced.totals.discount == CouponShop.won(3_000))
        // It is Ann's, and nobody else's.
        let stranger = try await declinedOnce.checkout.quote(purchase, for: MemberID(bits: 2))
        #expect(stranger.priced.totals.discount.isZero)
        #expect(stranger.refusedCodes[coupon.code] == .couponOfAnotherMember(coupon.code))
    }

    @Test func aCanceledOrderGivesItsUsesBackOnce() async throws {
        let shop = try await CouponShop([Self.limited])
        let checkout = shop.checkout
        #expect(try await checkout.restoreCoupons(of: OrderID(bits: 1)) == .notCanceled(nil))
        guard case .confirmed(let bought) = try await shop.place(CouponShop.purchase(codes: ["SPRING"])) else {
            Issue.record("not confirmed")
            return
        }
        #expect(try await checkout.restoreCoupons(of: bought.order) == .notCanceled(.confirmed))
        #expect(try await shop.redemptions.used(.total, of: "spring") == 1)
        let time = shop.clock.wall.now
        try await shop.orders.handle(
            ActorCommand(.cancel(.other), by: .system, at: time),
            on: bought.order,
            key: "cancel",
            at: time
        )
        for _ in 0..<2 {
            #expect(try await checkout.restoreCoupons(of: bought.order) == .restored)
            #expect(try await shop.redemptions.used(.total, of: "spring") == 0)
        }
    }

    @Test func anOrderThatUsedNothingHasNothingToGiveBack() async throws {
        let shop = try await CouponShop([])
        guard case .confirmed(let bought) = try await shop.place(CouponShop.purchase()) else {
            Issue.record("not confirmed")
            return
        }
        let time = shop.clock.wall.now
        try await shop.orders.handle(
            ActorCommand(.cancel(.other), by: .system, at: time),
            on: bought.order,
            key: "cancel",
            at: time
        )
        #expect(try await shop.checkout.restoreCoupons(of: bought.order) == .kept)
    }

    @Test func aBasketWithoutSKUsCannotBeBought() async throws {
        let shop = try await CouponShop([])
        var purchase = CouponShop.purchase()
        purchase.basket.lines[0].sku = nil
        await #expect(throws: CheckoutError.unpriceable(.noSKU("espresso"))) { try await shop.place(purchase) }
    }
}
