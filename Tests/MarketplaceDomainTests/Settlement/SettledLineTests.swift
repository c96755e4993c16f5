import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

@Suite struct SettledLineTests {
    static let seller = Example.seller
    static let other = Example.otherSeller
    static let category = CategoryID(bits: 30)

    static func terms() throws -> SettlementTerms {
        SettlementTerms(
            commissions: try CommissionRules(
                [
                    CommissionRule(
                        "cameras",
                        for: CommissionFacts([.category: [category.description]]),
                        fee: .percent(.percent(5), of: .net),
                        includesDelivery: true
                    ),
                    CommissionRule("default", fee: .percent(.percent(10), of: .net), includesDelivery: true),
                ],
                taxRate: .percent(20)
            )
        )
    }

    /// Two sellers and the marketplace itself; 500 off each line, of which the first seller bears 200 in all.
    static func order(_ costs: [FrozenShares.Cost]) throws -> OrderCreated {
        let sellers = [seller, other, nil]
        func line(_ seller: SellerID?, _ product: ProductID?) throws -> OrderLine {
            OrderLine(
                sku: "thing",
                productID: product,
                sellerID: seller,
                quantity: try Quantity(2),
                unitPrice: Money(minorUnits: 1250, .eur)
            )
        }
        let shares = try FrozenShares(
            .eur,
            lines: (0..<3).map { index in
                FrozenShares.Line(
                    try BasketLineID("line \(index)"),
                    [FrozenShares.Run(units: 2, discountMinor: 250, taxMinor: 100, paidMinor: 1000)]
                )
            },
            shipping: [
                FrozenShares.Charge("parcel 1", discountMinor: 0, taxMinor: 0, paidMinor: 400),
                FrozenShares.Charge("parcel 2", discountMinor: 0, taxMinor: 0, paidMinor: 300),
            ],
            promotions: [FrozenShares.Discount("spring", code: nil, amountMinor: 1500, sellers: costs)]
        )
        return OrderCreated(
            orderID: Example.orderID,
            buyerID: Example.buyer,
            lines: try sellers.enumerated().map { try line($1, $0 == 1 ? Example.productID : nil) },
            shares: shares,
            total: shares.total,
            by: .system,
            at: Example.now
        )
    }

    @Test func aPromotionsCostIsSharedAsTheSharesSay() throws {
        let order = try Self.order([FrozenShares.Cost(SellerKey(Self.seller), amountMinor: 200)])
        let lines = try SettledLine.lines(of: order, on: Self.terms())
        #expect(lines.map(\.promotion.totalMinor) == [300, 500, 500, 0, 0])
        #expect(lines.map(\.paid.totalMinor) == [2000, 2000, 2000, 400, 300])
    }

    @Test func whoBearsMoreThanTheOwnDiscountPaysForThatOfOthers() throws {
        let order = try Self.order([FrozenShares.Cost(SellerKey(Self.seller), amountMinor: 1500)])
        let lines = try SettledLine.lines(of: order, on: Self.terms())
        #expect(lines.map(\.promotion.totalMinor) == [-1000, 500, 500, 0, 0])
    }

    @Test func feesAreOfTheRuleForTheLineAndNoneIsTakenOfTheMarketplaceItself() throws {
        let lines = try SettledLine.lines(
            of: Self.order([]),
            on: Self.terms(),
            categories: [Example.productID: [Self.category]],
            carriers: ["parcel 1": Self.other]
        )
        #expect(lines.map(\.rule) == ["default", "cameras", nil, "default", nil])
        // Net of tax: 2,000 less 200.
        #expect(lines.map(\.fee.totalMinor) == [180, 90, 0, 40, 0])
        #expect(lines.map(\.feeTax.totalMinor) == [36, 18, 0, 8, 0])
        #expect(lines.map(\.sellerID) == [Self.seller, Self.other, nil, Self.other, nil])
        #expect(lines.map(\.kind) == [.goods, .goods, .goods, .delivery, .delivery])
    }

    @Test func anOrderWithoutSharesIsSettledByItsPrices() throws {
        let line = OrderLine(
            sku: "thing",
            sellerID: Self.seller,
            quantity: try Quantity(3),
            unitPrice: Money(minorUnits: 700, .eur)
        )
        let order = OrderCreated(
            orderID: Example.orderID,
            buyerID: Example.buyer,
            lines: [line],
            total: Money(minorUnits: 2100, .eur),
            by: .system,
            at: Example.now
        )
        let lines = try SettledLine.lines(of: order, on: Self.terms())
        #expect(lines.map(\.paid.totalMinor) == [2100])
        #expect(lines.map(\.units) == [3])
    }
}
