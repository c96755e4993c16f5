import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// So many units together for a price.
struct BundleTests {
    @Test func aBillionUnitsThatCostLessThanTheirBundleAreLeftAloneInAMoment() throws {
        let basket = Basket(.usd, lines: [BasketLine("cheap", .usd(1), quantity: .units(Quantity.maximum))])
        let promotion = Promotion("bundle", .bundlePrice(.usd(10), units: 2, repeats: 1))
        let priced = try basket.priced(with: [promotion], at: .epoch)
        #expect(priced.outcome(of: "bundle")?.refusal == .nothingToTakeOff)
    }
}
