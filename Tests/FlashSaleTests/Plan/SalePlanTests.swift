import ExampleSupport
import FlashSaleKit
import Marketplace
import Testing

struct SalePlanTests {
    @Test(arguments: [(10_000, 20), (7, 20), (0, 3), (1_000_000, 999)])
    func allUnitsAreDealtOverTheSKUs(stock: Int, skus: Int) {
        var plan = SalePlan()
        plan.stock = stock
        plan.skuCount = skus
        let units = plan.offers.map(\.units)
        #expect(units.reduce(0, +) == stock)
        #expect((units.max() ?? 0) - (units.min() ?? 0) <= 1)
        #expect(Set(plan.offers.map(\.sku)).count == skus)
    }

    @Test func theDefaultsAreThoseOfTheHelpText() throws {
        guard case .run(let options) = try SaleOptions.command.parse([]) else { return }
        let plan = SaleOptions.plan(options)
        #expect((plan.buyers, plan.stock, plan.skuCount) == (10_000, 10_000, 20))
        #expect(plan.perMemberLimit == .one)
        #expect(plan.paymentFailures == .percent(3))
        #expect(plan.paymentTimeouts == .percent(1))
    }
}
