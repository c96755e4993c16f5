import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

@Suite struct PriceTests {
    static func variant(_ tiers: [PriceTier]) -> ProductVariant {
        ProductVariant(id: VariantID(bits: 1), sku: "pot", price: Example.won(100), tiers: tiers)
    }

    static func tier(_ group: BuyerGroup? = nil, _ from: Int = 1, _ price: Int64) throws -> PriceTier {
        PriceTier(for: group, from: try Quantity(from), price: Example.won(price))
    }

    @Test func theLowestPriceThatIsOpenApplies() throws {
        let bulk = try Self.tier(nil, 10, 90)
        let trade = try Self.tier("trade", 1, 85)
        let tradeBulk = try Self.tier("trade", 10, 70)
        let variant = Self.variant([bulk, trade, tradeBulk])
        func price(_ units: Int, _ groups: Set<BuyerGroup> = []) throws -> AppliedPrice {
            variant.price(for: groups, taking: try Quantity(units), at: Example.now)
        }
        #expect(try price(9).unitPrice == Example.won(100))
        #expect(try price(9).tier == nil)
        #expect(try price(10).tier == bulk)
        #expect(try price(9, ["trade"]).tier == trade)
        #expect(try price(10, ["trade", "staff"]).tier == tradeBulk)
        #expect(try price(1_000, ["staff"]).tier == bulk)
    }

    @Test func ofEqualPricesTheVariantsOwnComesFirstAndThenTheTiersInOrder() throws {
        let (first, second) = (try Self.tier("a", 1, 90), try Self.tier("b", 1, 90))
        #expect(Self.variant([try Self.tier(nil, 1, 100)]).price(taking: .one, at: Example.now).tier == nil)
        #expect(Self.variant([first, second]).price(for: ["a", "b"], taking: .one, at: Example.now).tier == first)
        #expect(Self.variant([second, first]).price(for: ["a", "b"], taking: .one, at: Example.now).tier == second)
    }

    @Test func aHigherTierNeverMakesItDearer() {
        PropertyRun.check { run in
            let tiers = try (0..<run.natural(through: 8)).map { _ in
                try Self.tier(
                    run.natural(through: 1) == 0 ? nil : "trade",
                    1 + run.natural(through: 20),
                    Int64(run.natural(through: 200))
                )
            }
            let (few, more) = (1 + run.natural(through: 20), 1 + run.natural(through: 20))
            let variant = Self.variant(tiers)
            let least = variant.price(taking: try Quantity(min(few, more)), at: Example.now).unitPrice
            let most = variant.price(for: ["trade"], taking: try Quantity(max(few, more)), at: Example.now).unitPrice
            #expect(try most <= least, run.replay)
            #expect(try least <= variant.price, run.replay)
        }
    }

    @Test func tiersAreDistinctBoundedAndInTheCurrencyOfTheVariant() throws {
        var product = try ProductTests.product(in: .active)
        let red = ProductTests.red.id
        func refusal(_ tiers: [PriceTier], of variant: VariantID = red) -> ProductRejection? {
            product.refusal(of: .setPriceTiers(of: variant, to: tiers), by: .system)
        }
        let tier = try Self.tier("trade", 2, 5)
        #expect(refusal([tier, tier]) == .repeated(.tiers, name: "trade from 2"))
        #expect(refusal([try Self.tier(nil, 1, -1)]) == .negativePrice(Example.won(-1)))
        #expect(
            refusal([PriceTier(price: Money(minorUnits: 1, .usd))]) == .currencyMismatch(expected: .krw, found: .usd)
        )
        let many = try (1...13).map { try Self.tier(nil, $0, 1) }
        #expect(refusal(many) == .tooMany(.tiers, count: 13, maximum: 12))
        let group = try BuyerGroup(String(repeating: "a", count: 33))
        #expect(refusal([try Self.tier(group, 1, 1)]) == .groupTooLong(byteCount: 33, maximum: 32))
        #expect(refusal([tier], of: VariantID(bits: 99)) == .unknownVariant(VariantID(bits: 99)))
        try product.perform(.setPriceTiers(of: red, to: [tier]), by: .system)
        #expect(product.variant(red)?.tiers == [tier])
        #expect(try product.perform(.setPriceTiers(of: red, to: [tier]), by: .system) == [])
    }
}

@Suite struct PriceHistoryTests {
    /// A product that went through these steps, each so many days after the first.
    static func history(_ steps: [(day: Int, action: ProductAction)]) throws -> PriceHistory {
        var product = try ProductTests.product(in: .draft)
        for (day, action) in steps {
            let time = Example.now.advanced(by: .days(day))
            try product.handle(ActorCommand(action, by: .operator(Example.staff), at: time))
        }
        return product.priceHistory(of: ProductTests.red.id)
    }

    static func price(_ amount: Int64) -> ProductAction {
        .changePrice(of: ProductTests.red.id, to: Example.won(amount))
    }

    @Test func aReductionIsAnnouncedAgainstTheLowestPriceOfThirtyDays() throws {
        // 30,000 at first; 25,000 for a week; 28,000; then reduced to 20,000.
        let steps = [(0, ProductAction.activate), (10, Self.price(25_000)), (17, Self.price(28_000))]
        #expect(try Self.history(steps).priorPrice == nil)
        #expect(try Self.history(steps + [(40, Self.price(20_000))]).priorPrice == Example.won(25_000))
        // The week at 25,000 has ended 30 days before.
        #expect(try Self.history(steps + [(47, Self.price(20_000))]).priorPrice == Example.won(28_000))
        #expect(try Self.history(steps + [(47, Self.price(27_999))]).priorPrice == Example.won(28_000))
        // A price that is no lower than that of the week is none to boast of.
        #expect(try Self.history(steps + [(40, Self.price(26_000))]).priorPrice == nil)
    }

    @Test func whatWasNotOnSaleHadNoPrice() throws {
        #expect(try Self.history([(0, Self.price(10)), (5, .activate)]).priorPrice == nil)
        let suspended = [(0, ProductAction.activate), (10, .suspend), (11, Self.price(10)), (12, Self.price(20_000))]
        #expect(try Self.history(suspended + [(13, .activate)]).priorPrice == Example.won(30_000))
        #expect(try Self.history(suspended).priorPrice == nil)
        // After a long break nothing is known that a reduction could refer to.
        #expect(try Self.history(suspended + [(50, .activate)]).priorPrice == nil)
    }

    @Test func theHistoryIsBoundedAndNeverOverstatesAPriorPrice() throws {
        var steps: [(Int, ProductAction)] = [(0, .activate), (1, Self.price(15_000))]
        for number in 0..<500 { steps.append((2, Self.price(Int64(20_000 + number)))) }
        let history = try Self.history(steps + [(3, Self.price(1_000))])
        #expect(history.entries.count == PriceHistory.maximumEntries)
        #expect(history.priorPrice == Example.won(15_000))
        #expect(try Self.history(steps + [(60, Self.price(1_000))]).entries.count == 2)
    }

    @Test func aClockThatWasSetBackChangesNoOrder() throws {
        let history = try Self.history([(0, .activate), (5, Self.price(20)), (-5, Self.price(10))])
        #expect(history.entries.map(\.since) == history.entries.map(\.since).sorted())
        #expect(history.priorPrice == Example.won(20))
    }
}
