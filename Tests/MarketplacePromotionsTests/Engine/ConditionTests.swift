import MarketplaceCore
import MarketplacePromotions
import TestSupport
import Testing

/// What has to hold for a promotion to apply.
struct ConditionTests {
    private let basket = Basket(
        .usd,
        lines: [
            BasketLine("red", .usd(1_000), quantity: .units(2), product: "shirt", categories: ["clothes"]),
            BasketLine("blue", .usd(500), product: "shirt", categories: ["clothes", "sale"]),
            BasketLine("book", .usd(300)),
        ]
    )

    private func refusal(
        _ condition: PromotionCondition,
        buyer: BuyerFacts = .unknown,
        at time: Timestamp = .epoch,
        _ policy: PricingPolicy = .standard
    ) throws -> PromotionRefusal? {
        let promotion = Promotion("it", .percentOff(.percent(10)), when: condition)
        return try basket.priced(with: [promotion], buyer: buyer, at: time, policy: policy).outcome(of: "it")?.refusal
    }

    // MARK: - Goods

    @Test func boundsOfAnAmountAreWithinIt() throws {
        let exactly = AmountRange(atLeast: .usd(2_800), atMost: .usd(2_800))
        #expect(try refusal(.total(exactly)) == nil)
        let above = AmountRange.atLeast(.usd(2_801))
        #expect(try refusal(.total(above)) == .total(found: .usd(2_800), wanted: above))
        let below = AmountRange.atMost(.usd(2_799))
        #expect(try refusal(.total(below)) == .total(found: .usd(2_800), wanted: below))
    }

    @Test func anAmountOfSomeLinesCountsTheseAlone() throws {
        #expect(try refusal(.total(.atLeast(.usd(2_500)), of: .categories(["clothes"]))) == nil)
        let wanted = AmountRange.atLeast(.usd(501))
        #expect(try refusal(.total(wanted, of: .categories(["sale"]))) == .total(found: .usd(500), wanted: wanted))
    }

    @Test func unitsAreCountedAndNotLines() throws {
        #expect(try refusal(.quantity(.exactly(4))) == nil)
        #expect(try refusal(.quantity(.exactly(3), of: .products(["shirt"]))) == nil)
        #expect(try refusal(.quantity(.atLeast(5))) == .quantity(found: 4, wanted: .atLeast(5)))
    }

    @Test func linesOfOneProductAreOneProductAndALineWithoutAProductIsOneByItself() throws {
        #expect(try refusal(.distinctProducts(.exactly(2))) == nil)
        #expect(try refusal(.distinctProducts(.atLeast(3))) == .distinctProducts(found: 2, wanted: .atLeast(3)))
    }

    @Test func aConditionSeesWhatEarlierPromotionsHaveLeftWherePolicySaysSo() throws {
        let half = Promotion("half", .percentOff(.percent(50)))
        let rest = Promotion("rest", .percentOff(.percent(10)), when: .total(.atLeast(.usd(2_000))))
        func applied(_ base: ConditionBase) throws -> [PromotionID] {
            let policy = PricingPolicy(conditionBase: base)
            return try basket.priced(with: [half, rest], at: .epoch, policy: policy).applied.map(\.promotion)
        }
        #expect(try applied(.originalPrice) == ["half", "rest"])
        #expect(try applied(.remainingPrice) == ["half"])
    }

    // MARK: - Nesting

    @Test func allOfNoneHoldsAndAnyOfNoneDoesNot() throws {
        #expect(try refusal(.all([])) == nil)
        #expect(try refusal(.any([])) == .noneHolds([]))
        #expect(try refusal(.not(.any([]))) == nil)
        #expect(try refusal(.not(.always)) == .excluded(.always))
    }

    @Test func theFirstOfAllThatFailsIsTheReasonAndAllOfAny() throws {
        let groups = PromotionCondition.groups(["vip"])
        #expect(try refusal(.all([.always, .member, groups])) == .notAMember)
        #expect(try refusal(.any([.member, groups])) == .noneHolds([.notAMember, .groups(wanted: ["vip"])]))
        #expect(try refusal(.any([.member, .always])) == nil)
    }

    // MARK: - The buyer

    @Test func factsOfTheBuyerAreComparedWithWhatIsWanted() throws {
        let buyer = BuyerFacts(
            member: "m",
            groups: ["vip"],
            orderNumber: 1,
            country: "KR",
            paymentMethod: "card",
            attributes: ["campus": "seoul", "age": "19"]
        )
        let conditions: [PromotionCondition] = [
            .member, .groups(["other", "vip"]), .orderNumber(.exactly(1)), .countries(["DE", "KR"]),
            .paymentMethods(["card"]), .currencies([.krw, .usd]), .attribute("campus", .anyOf(["seoul"])),
            .attribute("campus", .noneOf(["busan"])), .attribute("age", .number(CountRange(atLeast: 19, atMost: 24))),
        ]
        for condition in conditions { #expect(try refusal(condition, buyer: buyer) == nil) }
    }

    @Test func whatIsNotKnownOfTheBuyerDoesNotHold() throws {
        let first = CountRange.exactly(1)
        #expect(try refusal(.orderNumber(first)) == .orderNumber(found: nil, wanted: first))
        #expect(try refusal(.countries(["KR"])) == .country(found: nil, wanted: ["KR"]))
        #expect(try refusal(.paymentMethods(["card"])) == .paymentMethod(found: nil, wanted: ["card"]))
        #expect(try refusal(.emailDomains(["ac.kr"])) == .emailDomains(wanted: ["ac.kr"]))
        let test = AttributeTest.number(.atLeast(0))
        #expect(try refusal(.attribute("age", test)) == .attribute(name: "age", found: nil, wanted: test))
        #expect(try refusal(.currencies([.krw])) == .currency(found: .usd, wanted: [.krw]))
    }

    @Test func anAttributeThatIsNotThereIsNoneOfThem() throws {
        #expect(try refusal(.attribute("campus", .noneOf(["busan"]))) == nil)
        let buyer = BuyerFacts(attributes: ["age": "nineteen"])
        let test = AttributeTest.number(.atLeast(0))
        let refusal = try refusal(.attribute("age", test), buyer: buyer)
        #expect(refusal == .attribute(name: "age", found: "nineteen", wanted: test))
    }

    @Test(arguments: [
        ("snu.ac.kr", true), ("cs.snu.ac.kr", true), ("notsnu.ac.kr", false), ("ac.kr", false),
        ("snu.ac.kr.example.com", false),
    ])
    func aVerifiedAddressIsInADomainOrBelowIt(_ verified: String, _ holds: Bool) throws {
        let buyer = BuyerFacts(verifiedEmailDomains: [verified])
        let refusal = try refusal(.emailDomains(["yonsei.ac.kr", "snu.ac.kr"]), buyer: buyer)
        #expect((refusal == nil) == holds)
    }
}
