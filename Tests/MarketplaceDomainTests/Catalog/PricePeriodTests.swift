import Foundation
import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

/// Prices that hold for a time.
@Suite struct PricePeriodTests {
    private static let start = Example.now.advanced(by: .days(2))
    private static let end = Example.now.advanced(by: .days(5))

    private static func after(_ days: Int, _ duration: Duration = .zero) -> Timestamp {
        Example.now.advanced(by: .days(days)).advanced(by: duration)
    }

    private static func tier(
        _ price: Int64,
        from: Timestamp? = nil,
        until: Timestamp? = nil,
        for group: BuyerGroup? = nil
    ) -> PriceTier {
        PriceTier(for: group, price: Example.won(price), validFrom: from, validUntil: until)
    }

    @Test func aPriceIsValidFromItsFirstPointInTimeUpToAndWithoutItsLast() {
        let variant = PriceTests.variant([Self.tier(80, from: Self.start, until: Self.end)])
        let cases: [(Timestamp, Int64)] = [
            (Self.after(2, .microseconds(-1)), 100), (Self.start, 80), (Self.after(5, .microseconds(-1)), 80),
            (Self.end, 100),
        ]
        for (time, expected) in cases {
            #expect(variant.price(taking: .one, at: time).unitPrice == Example.won(expected), "\(time)")
        }
    }

    @Test func aPriceWithoutABeginningOrAnEndHoldsThatWay() {
        let variant = PriceTests.variant([Self.tier(80, from: Self.start), Self.tier(70, until: Self.start)])
        let before = Self.start.advanced(by: .microseconds(-1))
        #expect(variant.price(taking: .one, at: before).unitPrice == Example.won(70))
        #expect(variant.price(taking: .one, at: Self.start).unitPrice == Example.won(80))
        #expect(variant.price(taking: .one, at: Self.after(9_000)).unitPrice == Example.won(80))
    }

    @Test func ofOverlappingPricesTheLowestThatIsOpenApplies() {
        let sale = Self.tier(80, from: Self.start, until: Self.end)
        let trade = Self.tier(60, from: Self.after(3), until: Self.after(4), for: "trade")
        let variant = PriceTests.variant([sale, trade])
        #expect(variant.price(taking: .one, at: Self.after(3)).tier == sale)
        #expect(variant.price(for: ["trade"], taking: .one, at: Self.after(3)).tier == trade)
        #expect(variant.price(for: ["trade"], taking: .one, at: Self.after(4)).tier == sale)
    }

    @Test func aPriceDoesNotEndBeforeItBeginsAndTwoOfOneTimeAreRefused() throws {
        let product = try ProductTests.product(in: .active)
        func refusal(_ tiers: [PriceTier]) -> ProductRejection? {
            product.refusal(of: .setPriceTiers(of: ProductTests.red.id, to: tiers), by: .system)
        }
        for end in [Self.start, Self.after(1)] {
            #expect(
                refusal([Self.tier(1, from: Self.start, until: end)]) == .emptyPeriod(from: Self.start, until: end)
            )
        }
        let twice = [Self.tier(1, from: Self.start), Self.tier(2, from: Self.start)]
        #expect(refusal(twice) == .repeated(.tiers, name: " from 1 \(Self.start)"))
        #expect(refusal([Self.tier(1, until: Self.start), Self.tier(2, from: Self.start)]) == nil)
    }

    @Test func theHistoryTellsWhichPriceAppliedWhen() throws {
        var product = try ProductTests.product(in: .draft)
        let red = ProductTests.red.id
        let sale = Self.tier(80, from: Self.start, until: Self.end)
        let steps: [(Int, ProductAction)] = [
            (1, .activate), (2, .setPriceTiers(of: red, to: [sale])), (4, .setPriceTiers(of: red, to: [])),
            (5, .suspend), (6, .activate), (7, .changePrice(of: red, to: Example.won(90))),
        ]
        for (day, action) in steps {
            let command = ActorCommand(action, by: .operator(Example.staff), at: Self.after(day))
            try product.handle(command)
        }
        let history = product.priceListHistory(of: red)
        func price(_ day: Int, _ duration: Duration = .zero) -> Int64? {
            history.price(taking: .one, at: Self.after(day, duration))?.unitPrice.minorUnits
        }
        let own = ProductTests.red.price.minorUnits
        #expect(price(0) == nil && price(1) == own && price(2) == 80 && price(4, .microseconds(-1)) == 80)
        #expect(price(4) == own && price(5) == nil && price(6) == own && price(7) == 90)
        #expect(product.priceListHistory(of: VariantID(bits: 99)).price(taking: .one, at: Self.after(9)) == nil)
    }

    @Test func theHistoryOfPriceListsIsBounded() throws {
        var product = try ProductTests.product(in: .draft)
        try product.perform(.activate, by: .operator(Example.staff))
        for number in 0..<(PriceListHistory.maximumEntries + 20) {
            let tiers = [Self.tier(Int64(number))]
            try product.perform(.setPriceTiers(of: ProductTests.red.id, to: tiers), by: .system)
        }
        let entries = product.priceListHistory(of: ProductTests.red.id).entries
        #expect(entries.count == PriceListHistory.maximumEntries)
        #expect(entries.last?.tiers.first?.price == Example.won(Int64(PriceListHistory.maximumEntries + 19)))
    }

    @Test func aTierOfAnOlderVersionHoldsAlways() throws {
        let old = Data(#"{"minimumQuantity": 2, "price": {"minorUnits": 5, "currency": "KRW"}}"#.utf8)
        let tier = try JSONDecoder().decode(PriceTier.self, from: old)
        #expect(tier.validFrom == nil && tier.validUntil == nil && tier.isValid(at: .distantPast))
        let timed = Self.tier(80, from: Self.start, until: Self.end)
        #expect(try JSONDecoder().decode(PriceTier.self, from: JSONEncoder().encode(timed)) == timed)
    }
}
