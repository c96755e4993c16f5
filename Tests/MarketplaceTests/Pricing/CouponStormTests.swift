import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Limits are exact through the checkout, whoever comes at once and whatever fails on the way.
struct CouponStormTests {
    private static let buyerCount = PropertyRun.whole(10_000, reducedTo: 2_000)

    /// Every buyer was shown the reduced price and buys at that or not at all.
    private func winners(of shop: CouponShop, buyers: Int, code: CouponCode, stating total: Int64) async throws -> Int {
        let checkout = shop.checkout
        return try await shop.clock.advancing {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for buyer in 1...buyers {
                    group.addTask {
                        let request = CheckoutRequest(
                            order: OrderID(bits: UInt128(buyer)),
                            buyer: MemberID(bits: UInt128(buyer)),
                            purchase: CouponShop.purchase(.one, codes: [code], stating: total)
                        )
                        switch try await checkout.place(request) {
                        case .confirmed: return true
                        case .refused: return false
                        case .stuck(let stuck):
                            Issue.record("stuck: \(stuck)")
                            return false
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
        }
    }

    @Test func howeverManyBuyFiveHundredUsesHaveFiveHundredWinners() async throws {
        let promotion = Promotion(
            "rush",
            .amountOffOrder(CouponShop.won(500)),
            codes: ["RUSH"],
            limits: PromotionLimits(total: 500)
        )
        let shop = try await CouponShop([promotion])
        #expect(try await winners(of: shop, buyers: Self.buyerCount, code: "RUSH", stating: 4_000) == 500)
        #expect(try await shop.redemptions.used(.total, of: "rush") == 500)
        #expect(try await shop.inventory.stock(of: "espresso")?.allocated == 500)
    }

    @Test func aCodeThatCanBeUsedOnceHasOneWinner() async throws {
        let shop = try await CouponShop([Promotion("one", .amountOffOrder(CouponShop.won(500)), codes: [])])
        try await shop.open("one")
        try await shop.codes.share("GOLDEN", for: CouponShop.campaign, limit: 1, at: shop.clock.wall.now)
        #expect(try await winners(of: shop, buyers: Self.buyerCount, code: "GOLDEN", stating: 4_000) == 1)
        #expect(try await shop.inventory.stock(of: "espresso")?.allocated == 1)
    }

    @Test(arguments: CheckoutFlow.allCases, [1, 2, 3] as [UInt64])
    func whateverFailsUsesAreThoseOfConfirmedOrders(_ flow: CheckoutFlow, _ seed: UInt64) async throws {
        let promotion = Promotion(
            "rush",
            .amountOffOrder(CouponShop.won(500)),
            codes: ["RUSH"],
            limits: PromotionLimits(total: 60, budget: CouponShop.won(20_000))
        )
        let rates = GatewayRates(
            declined: .percent(20),
            timedOutAfterEffect: .percent(10),
            timedOutBeforeEffect: .percent(10)
        )
        let shop = try await CouponShop(
            [promotion],
            flow: flow,
            [.authorize: rates, .capture: GatewayRates(timedOutAfterEffect: .percent(20))],
            seed: seed
        )
        let winners = try await winners(of: shop, buyers: 200, code: "RUSH", stating: 4_000)
        #expect(winners > 0 && winners <= 40)
        #expect(try await shop.redemptions.used(.total, of: "rush") == Int64(winners))
        #expect(try await shop.redemptions.used(.budget(.krw), of: "rush") == Int64(winners) * 500)
        #expect(try await shop.inventory.stock(of: "espresso")?.allocated == Int64(winners))
    }
}
