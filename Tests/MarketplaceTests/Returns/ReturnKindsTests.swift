import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

@Suite struct ReturnKindsTests {
    private typealias Desk = ReturnDesk
    private static let id = ReturnID(bits: 1)

    private static func delivered() async throws -> Desk {
        let desk = Desk()
        try await desk.sell([Desk.line(0, 2, 1_000)])
        try await desk.deliver()
        return desk
    }

    private static func stock(_ desk: Desk, _ units: Int) throws {
        let quantity = try Quantity(units)
        try desk.inventory.record(
            .restock(id: MovementID(bits: 9), sku: "sku-0", quantity: quantity, at: desk.clock.wall.now)
        )
    }

    @Test func ofAClaimTheMoneyIsGivenBackAndTheGoodsStay() async throws {
        let desk = try await Self.delivered()
        let value = try await desk.takeBack(Self.id, [Desk.item(0, 1, .defective)], for: .claimRefund)
        #expect(value.isSettled && value.refunded == Desk.eur(1_000))
        #expect(try desk.refunded() == 1_000)
        #expect(try await desk.inventory.stock(of: "sku-0")?.onHand == 0)
        #expect(try await desk.orders.order(Desk.order, by: .system).units.map(\.returned) == [0])
        let two = try Desk.item(0, 2)
        let refusal = try await desk.refusal { () throws(ReturnsError) in
            try await desk.returns().request(ReturnID(bits: 2), of: Desk.order, [two], by: Desk.asBuyer, key: "k")
        }
        #expect(refusal == .unitsLeft(lineIndex: 0, wanted: 2, left: 1))
    }

    @Test func aClaimIsReplacedByAnOrderWithoutAPriceThatIsSentAndMovesNoMoney() async throws {
        let desk = try await Self.delivered()
        try Self.stock(desk, 5)
        let value = try await desk.takeBack(Self.id, [Desk.item(0, 2, .defective)], for: .claimReplacement)
        let replacement = try #require(value.completed?.replacementID)
        #expect(value.isSettled && value.refunded == Desk.eur(0))
        var order = try await desk.orders.order(replacement, by: Desk.asBuyer)
        #expect(order.status == .confirmed && order.total == Desk.eur(0) && order.lines[0].quantity == .units(2))
        #expect(try await desk.inventory.stock(of: "sku-0")?.available == 3)
        order = try await desk.deliver(replacement)
        #expect(order.status == .delivered)
        #expect(try await desk.inventory.stock(of: "sku-0")?.onHand == 3)
        #expect(try desk.refunded() == 0)
        try await desk.runner().catchUp()
        #expect(try await desk.follower().unposted(by: .system).isEmpty)
        #expect(try await desk.balance(.sellerPayable(Desk.seller)) == -1_760)
    }

    @Test func aClaimWhoseGoodsAreSoldOutIsPaidBack() async throws {
        let desk = try await Self.delivered()
        try Self.stock(desk, 1)
        let value = try await desk.takeBack(Self.id, [Desk.item(0, 2, .wrongItem)], for: .claimReplacement)
        #expect(value.isSettled && value.refunded == Desk.eur(2_000) && value.completed?.replacementID == nil)
        #expect(try desk.refunded() == 2_000)
        #expect(try await desk.inventory.stock(of: "sku-0")?.available == 1)
    }

    @Test func anExchangeComesToTheDifferenceInPrice() async throws {
        let desk = try await Self.delivered()
        let returns = desk.returns()
        let other = OrderID(bits: 0x200)
        try await returns.request(
            Self.id,
            of: Desk.order,
            [Desk.item(0)],
            for: .exchange,
            replacement: other,
            by: Desk.asBuyer,
            key: "request"
        )
        try await returns.approve(Self.id, by: Desk.asSeller, key: "approve")
        #expect(try await returns.exchange(Self.id, by: Desk.asBuyer) == nil)
        try await desk.sell([Desk.line(1, 1, 1_250)], as: other)
        #expect(try await returns.exchange(Self.id, by: Desk.asBuyer)?.difference == nil)
        try await returns.receive(Self.id, [Desk.back(0)], by: Desk.asSeller, key: "receive")
        let balance = try #require(try await returns.exchange(Self.id, by: Desk.asBuyer))
        #expect(balance.replacement == Desk.eur(1_250) && balance.refunded == Desk.eur(1_000))
        #expect(balance.difference == Desk.eur(250))
        #expect(try desk.refunded() == 1_000)
    }

    @Test(arguments: [true, false])
    func couponsComeBackWhenNothingIsKeptIfThePolicySaysSo(_ restores: Bool) async throws {
        let desk = Desk(.approving, ReturnPolicy(restoresCoupons: restores))
        let redemptions = CouponRedemptions(store: desk.base, codec: .json)
        let redemption = RedemptionID(bits: Desk.order.bits)
        let now = desk.clock.wall.now
        try await redemptions.hold(
            RedemptionRequest(
                id: redemption,
                member: MemberKey(Desk.buyer),
                claims: [QuotaClaim(promotion: "spring", quota: .total, amount: 1, limit: 1)],
                deadline: now.advanced(by: .minutes(1)),
                at: now
            )
        )
        try await redemptions.redeem(redemption, at: now)
        try await desk.sell([Desk.line(0, 2, 1_000)])
        try await desk.deliver()
        try await desk.takeBack(Self.id, [Desk.item(0)])
        #expect(try await redemptions.redemption(redemption)?.state == .redeemed)
        try await desk.takeBack(ReturnID(bits: 2), [Desk.item(0)])
        #expect(try await redemptions.redemption(redemption)?.state == (restores ? .restored : .redeemed))
    }

    @Test func aDiscountForManyIsNotHadForFewWhereTheRuleSaysSo() async throws {
        let desk = Desk()
        let basket = Basket(
            .eur,
            lines: [BasketLine("tea", Desk.eur(1_000), quantity: .units(3), sku: "sku-0")]
        )
        let promotion = Promotion("three", .percentOff(.percent(10)), when: .quantity(CountRange(atLeast: 3)))
        let terms = PricingTerms(promotions: [promotion], time: desk.clock.wall.now)
        let priced = try basket.priced(under: terms)
        try await desk.sell([Desk.line(0, 3, 1_000)], shares: priced.frozen())
        try await desk.deliver()
        let rule: any ReturnRefundRule = .requalified { _ in RequalifiedRefunds.Placement(basket, under: terms) }
        // Two of three come back: the third costs 10.00 without the discount, of the 27.00 that were paid.
        try await desk.takeBack(Self.id, [Desk.item(0, 2)], giving: rule)
        #expect(try desk.refunded() == 1_700)
        let runner = try desk.runner()
        try await runner.catchUp()
        #expect(try await desk.balance(.cash) == 1_000)
        // 9.00 less the fee, and the 1.00 that the marketplace took off; it keeps what was kept back.
        #expect(try await desk.balance(.sellerPayable(Desk.seller)) == -892)
        #expect(try await desk.balance(.goodwill) == -100)
        try await desk.takeBack(ReturnID(bits: 2), [Desk.item(0)], giving: rule)
        try await runner.catchUp()
        #expect(try desk.refunded() == 2_700)
        #expect(try await desk.settlement.trialBalance(by: Desk.staff).minorUnits[.eur] ?? [:] == [:])
        #expect(try await desk.follower().unposted(by: .system).isEmpty)
    }
}
