import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// What is wrong with a basket, or with all that is priced at once.
struct BasketProblemTests {
    private let line = BasketLine("line", .usd(100))

    @Test func idsAreUniqueOverLinesAndCharges() {
        let charge = ShippingCharge("line", .usd(1))
        #expect(Basket(.usd, lines: [line, line]).problem() == .doubleID("line"))
        #expect(Basket(.usd, lines: [line], shipping: [charge]).problem() == .doubleID("line"))
        #expect(Basket(.usd, lines: [], shipping: [charge, charge]).problem() == .doubleID("line"))
    }

    @Test func everyPriceIsInTheCurrencyOfTheBasketAndNotNegative() {
        let won = Money(minorUnits: 1, .krw)
        for price in [won, .usd(-1)] {
            let expected: BasketProblem =
                price.currency == .krw
                ? .currency("line", found: .krw, basket: .usd) : .negativePrice("line", .usd(-1))
            var listed = line
            listed.listPrice = price
            var floored = line
            floored.minimumUnitPrice = price
            for line in [BasketLine("line", price), listed, floored] {
                #expect(Basket(.usd, lines: [line]).problem() == expected)
            }
            #expect(Basket(.usd, lines: [], shipping: [ShippingCharge("line", price)]).problem() == expected)
        }
    }

    @Test func taxRatesAreNotNegative() {
        var taxed = line
        taxed.tax = .added(.percent(-1))
        #expect(Basket(.usd, lines: [taxed]).problem() == .negativeTaxRate("line", .percent(-1)))
        let charge = ShippingCharge("line", .usd(1), tax: .included(.percent(-1)))
        #expect(Basket(.usd, lines: [], shipping: [charge]).problem() == .negativeTaxRate("line", .percent(-1)))
    }

    @Test func aBasketIsNoLongerThanItMayBe() {
        let lines = (0...Basket.maximumLines).map { BasketLine(RandomRules.key("\($0)"), .usd(1)) }
        #expect(
            Basket(.usd, lines: lines).problem() == .tooLong(found: lines.count, maximum: Basket.maximumLines)
        )
        #expect(Basket(.usd, lines: Array(lines.dropLast())).problem() == nil)
        let charges = (0...Basket.maximumShippingCharges).map { ShippingCharge(RandomRules.key("\($0)"), .usd(1)) }
        let problem = BasketProblem.tooLong(found: charges.count, maximum: Basket.maximumShippingCharges)
        #expect(Basket(.usd, lines: [], shipping: charges).problem() == problem)
    }

    @Test func aBasketWithAProblemIsNeverPriced() {
        #expect(throws: PricingError.invalidBasket(.doubleID("line"))) {
            try Basket(.usd, lines: [line, line]).priced(with: [], at: .epoch)
        }
    }

    @Test func promotionsHaveDifferentIDs() {
        let promotion = Promotion("it", .percentOff(.percent(10)))
        #expect(throws: PricingError.doublePromotion("it")) {
            try Basket(.usd, lines: []).priced(with: [promotion, promotion], at: .epoch)
        }
    }

    @Test func thereAreNoMorePromotionsAndCodesThanArePricedAtOnce() {
        let promotions = (0...10_000).map { Promotion(RandomRules.key("\($0)"), .percentOff(.percent(10))) }
        #expect(throws: PricingError.tooManyPromotions(10_001, maximum: 10_000)) {
            try Basket(.usd, lines: []).priced(with: promotions, at: .epoch)
        }
        let codes = [PresentedCode](repeating: "A", count: 101)
        #expect(throws: PricingError.tooManyCodes(101, maximum: 100)) {
            try Basket(.usd, lines: []).priced(with: [], codes: codes, at: .epoch)
        }
    }

    @Test func whatDoesNotFitIsSaid() {
        let most = Money.usd(.max)
        let line = BasketLine("line", most, quantity: .units(2))
        #expect(throws: PricingError.overflow(.line("line"))) {
            try Basket(.usd, lines: [line]).priced(with: [], at: .epoch)
        }
        let two = [BasketLine("a", most), BasketLine("b", .usd(1))]
        #expect(throws: PricingError.overflow(.total)) { try Basket(.usd, lines: two).priced(with: [], at: .epoch) }
        let charge = ShippingCharge("charge", .usd(1))
        #expect(throws: PricingError.overflow(.total)) {
            try Basket(.usd, lines: [two[0]], shipping: [charge]).priced(with: [], at: .epoch)
        }
        var taxed = two[0]
        taxed.tax = .added(.percent(10))
        #expect(throws: PricingError.self) { try Basket(.usd, lines: [taxed]).priced(with: [], at: .epoch) }
    }
}
