import Marketplace
import Testing

struct PromotionsGuide {
    private let now = Timestamp(microsecondsSinceEpoch: 1_773_457_200_000_000)

    @Test func aCartIsPricedAndExplained() throws {
        // guide: Promotions
        let spring = Promotion(
            "spring",
            .percentOff(.percent(20), cap: Money(minorUnits: 5_000, .krw)),
            codes: ["SPRING20"],
            when: .total(.atLeast(Money(minorUnits: 30_000, .krw)))
        )
        let basket = Basket(
            .krw,
            lines: [BasketLine("tee", Money(minorUnits: 19_900, .krw), quantity: try Quantity(2))]
        )
        let pricing = try basket.priced(with: [spring], codes: ["SPRING20"], at: now)

        let total = pricing.totals.total  // 34800 KRW: 20% would be 7960, the cap is 5000
        let shares = pricing.lines[0].shares  // spring takes 5000 KRW off 2 units
        // end of guide
        #expect("\(total)" == "34800 KRW")
        #expect(shares.map(\.promotion) == ["spring"])
        #expect(shares.map(\.units) == [2])
        #expect(shares.map(\.amount) == [Money(minorUnits: 5_000, .krw)])
        try answer(pricing)
        try store(spring)
    }

    private func answer(_ pricing: PricedBasket) throws {
        // guide: Refusals
        switch pricing.outcome(of: "spring")?.result {
        case .applied(let applied): print("\(applied.amount) off")
        case .refused(.total(let found, let wanted)): print("\(wanted) to go for it, there is \(found)")
        case .refused(let refusal): print("not this time: \(refusal)")
        case nil: print("no such promotion")
        }
        // end of guide
    }

    private func store(_ spring: Promotion) throws {
        // guide: Rules in a store or a file
        let bytes = try JSONDocument.encode([spring], layout: .pretty)
        let promotions = try JSONDocument.decode([Promotion].self, from: bytes)
        // end of guide
        #expect(promotions == [spring])
    }

    @Test func whatIsReturnedIsRefunded() throws {
        let price = Money(minorUnits: 50_000, .krw)
        // guide: Refunds
        let basket = Basket(.krw, lines: [BasketLine("coat", price, quantity: try Quantity(6))])
        let tenth = Promotion(
            "tenth",
            .percentOff(.percent(10)),
            when: .total(.atLeast(Money(minorUnits: 300_000, .krw)))
        )
        let terms = PricingTerms(promotions: [tenth], time: now)
        let shares = try basket.priced(under: terms).frozen()  // 45,000 for each of six coats: kept with the order

        var ledger = RefundLedger(shares)
        let five = try ledger.refund(["coat": 5])  // 225,000
        var strict = RefundLedger(shares)
        let requalified = try strict.refund(["coat": 5], requalifying: basket, under: terms)  // 220,000
        // end of guide
        #expect(five.amount == Money(minorUnits: 225_000, .krw))
        #expect(requalified.amount == Money(minorUnits: 220_000, .krw))
    }
}
