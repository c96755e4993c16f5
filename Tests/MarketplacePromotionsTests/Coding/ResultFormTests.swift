import MarketplaceCore
import MarketplaceJSON
import MarketplacePromotions
import TestSupport
import Testing

/// The JSON of results is read by other programs: its words stay.
struct ResultFormTests {
    private func text(of value: some Encodable) throws -> String {
        String(decoding: try JSONDocument.encode(value), as: UTF8.self)
    }

    private static func krw(_ minor: Int64) -> Money { Money(minorUnits: minor, .krw) }

    @Test func aPricingIsWrittenWithAllThatIsInIt() throws {
        let line = BasketLine("1", Self.krw(100), quantity: .units(3), seller: "acme", tax: .included(.percent(10)))
        let basket = Basket(.krw, lines: [line], shipping: [ShippingCharge("post", Self.krw(50))])
        let promotions = [
            Promotion(
                "a",
                .amountOffOrder(Self.krw(100)),
                codes: ["A"],
                limits: PromotionLimits(total: 5, budget: Self.krw(900)),
                bearer: .shared(sellers: .percent(50))
            ),
            Promotion("b", .shipping(.free)),
            Promotion("c", .gift(Gift("mug"))),
            Promotion("d", .percentOff(.percent(10)), when: .member),
        ]
        let policy = PricingPolicy(stacking: StackingProgram(selection: .best()))
        let pricing = try basket.priced(with: promotions, codes: ["A"], at: .epoch, policy: policy)
        let form = """
            {"claims":[{"amount":1,"limit":5,"promotion":"a","quota":"total"},\
            {"amount":100,"limit":900,"promotion":"a","quota":{"budget":"KRW"}}],\
            "codes":[{"code":"A","promotions":["a"],"used":true}],\
            "gifts":[{"gift":{"sku":"mug"},"promotion":"c"}],\
            "lines":[{"before":{"gross":"300 KRW","net":"273 KRW","tax":"27 KRW"},"discount":"100 KRW","id":"1",\
            "paid":{"gross":"200 KRW","net":"182 KRW","tax":"18 KRW"},"quantity":3,\
            "shares":[{"amount":"100 KRW","promotion":"a","units":3}],"subtotal":"300 KRW","total":"200 KRW",\
            "unitDiscounts":[{"share":"34 KRW","units":1},{"share":"33 KRW","units":2}],"unitPrice":"100 KRW"}],\
            "outcomes":[{"applied":{"amount":"100 KRW","bought":[],"costs":[{"amount":"50 KRW","bearer":"platform"},\
            {"amount":"50 KRW","bearer":{"seller":"acme"}}],"lines":[{"amount":"100 KRW","line":"1","units":3}],\
            "promotion":"a","shipping":[]},"code":"A","promotion":"a"},\
            {"applied":{"amount":"50 KRW","bought":[],"costs":[{"amount":"50 KRW","bearer":"platform"}],"lines":[],\
            "promotion":"b","shipping":[{"amount":"50 KRW","charge":"post"}]},"promotion":"b"},\
            {"applied":{"amount":"0 KRW","bought":[],"costs":[],"lines":[],"promotion":"c","shipping":[]},\
            "promotion":"c"},\
            {"promotion":"d","refused":{"reason":"not_a_member","sentence":"needs a member"}}],\
            "search":{"candidates":3,"exhaustive":true},\
            "shipping":[{"before":{"gross":"50 KRW","net":"50 KRW","tax":"0 KRW"},"discount":"50 KRW","id":"post",\
            "paid":{"gross":"0 KRW","net":"0 KRW","tax":"0 KRW"},"price":"50 KRW"}],\
            "taxes":[{"amount":{"gross":"200 KRW","net":"182 KRW","tax":"18 KRW"},"rate":{"included":"10%"}},\
            {"amount":{"gross":"0 KRW","net":"0 KRW","tax":"0 KRW"}}],\
            "totals":{"discount":"150 KRW","goods":"300 KRW","goodsDiscount":"100 KRW","net":"182 KRW",\
            "shipping":"50 KRW","shippingDiscount":"50 KRW","tax":"18 KRW","total":"200 KRW"}}
            """
        #expect(try text(of: pricing) == form)
    }

    /// Each refusal, with its facts besides the word and the sentence.
    static let refusals: [(PromotionRefusal, String)] = [
        (.inactive, #""reason":"inactive""#),
        (.notStarted(.epoch), #""reason":"not_started","time":"1970-01-01T00:00:00Z""#),
        (.ended(.epoch), #""reason":"ended","time":"1970-01-01T00:00:00Z""#),
        (.codeNotEntered, #""reason":"code_not_entered""#),
        (.wrongCurrency(promotion: .usd, basket: .krw), #""basket":"KRW","promotion":"USD","reason":"wrong_currency""#),
        (
            .total(found: krw(1), wanted: .atLeast(krw(2))),
            #""found":"1 KRW","reason":"total","wanted":{"atLeast":"2 KRW"}"#
        ),
        (.quantity(found: 1, wanted: .atLeast(2)), #""found":1,"reason":"quantity","wanted":{"atLeast":2}"#),
        (
            .distinctProducts(found: 1, wanted: .atLeast(2)),
            #""found":1,"reason":"distinct_products","wanted":{"atLeast":2}"#
        ),
        (.notAMember, #""reason":"not_a_member""#),
        (.groups(wanted: ["vip"]), #""reason":"groups","wanted":["vip"]"#),
        (.orderNumber(found: 2, wanted: .atMost(1)), #""found":2,"reason":"order_number","wanted":{"atMost":1}"#),
        (.orderNumber(found: nil, wanted: .atMost(1)), #""reason":"order_number","wanted":{"atMost":1}"#),
        (.emailDomains(wanted: ["snu.ac.kr"]), #""reason":"email_domains","wanted":["snu.ac.kr"]"#),
        (.country(found: "DE", wanted: ["KR"]), #""found":"DE","reason":"country","wanted":["KR"]"#),
        (.paymentMethod(found: nil, wanted: ["card"]), #""reason":"payment_method","wanted":["card"]"#),
        (.currency(found: .krw, wanted: [.usd]), #""found":"KRW","reason":"currency","wanted":["USD"]"#),
        (
            .outsidePeriod(PromotionPeriod(until: .epoch)),
            #""period":{"until":"1970-01-01T00:00:00Z"},"reason":"outside_period""#
        ),
        (.weekday(found: .monday, wanted: [.sunday]), #""found":"monday","reason":"weekday","wanted":["sunday"]"#),
        (
            .attribute(name: "campus", found: "north", wanted: .noneOf(["north"])),
            #""found":"north","name":"campus","reason":"attribute","wanted":{"noneOf":["north"]}"#
        ),
        (.excluded(.member), #""condition":"member","reason":"excluded""#),
        (.noMatchingLines, #""reason":"no_matching_lines""#),
        (.tooFewUnits(found: 1, wanted: 2), #""found":1,"reason":"too_few_units","wanted":2"#),
        (.tierQuantityNotReached(found: 1, lowest: 2), #""found":1,"lowest":2,"reason":"tier_quantity_not_reached""#),
        (.nothingToTakeOff, #""reason":"nothing_to_take_off""#),
        (.buyerUnknown(attribute: nil), #""reason":"buyer_unknown""#),
        (.buyerUnknown(attribute: "email"), #""attribute":"email","reason":"buyer_unknown""#),
        (
            .limitReached(.member("m"), limit: 1, used: 2),
            #""limit":1,"quota":{"member":"m"},"reason":"limit_reached","used":2"#
        ),
        (
            .budgetExhausted(limit: krw(9), spentMinor: 8, wanted: krw(2)),
            #""limit":"9 KRW","reason":"budget_exhausted","spentMinor":8,"wanted":"2 KRW""#
        ),
        (.doesNotCombine(with: "b"), #""promotion":"b","reason":"does_not_combine""#),
        (.excludedBy("b"), #""promotion":"b","reason":"excluded_by""#),
        (.oneOfItsClass(.order, applied: "b"), #""class":"order","promotion":"b","reason":"one_of_its_class""#),
        (.usedAlone(with: ["A", "B"]), #""codes":["A","B"],"reason":"used_alone""#),
        (.tooManyCodes(maximum: 1), #""maximum":1,"reason":"too_many_codes""#),
        (.notInBestCombination, #""reason":"not_in_best_combination""#),
    ]

    @Test(arguments: refusals)
    func aRefusalIsAWordItsFactsAndASentence(refusal: PromotionRefusal, facts: String) throws {
        let parts = try text(of: refusal).replacing(#""sentence":"\#(refusal)""#, with: "")
        #expect(parts.replacing("{,", with: "{").replacing(",,", with: ",").replacing(",}", with: "}") == "{\(facts)}")
        #expect(!refusal.description.isEmpty)
    }

    @Test func refusalsWithinARefusalAreWrittenToo() throws {
        let from = try #require(TimeOfDay(hour: 9))
        let until = try #require(TimeOfDay(hour: 12, minute: 30))
        let form = """
            {"reason":"none_holds","reasons":[{"reason":"not_a_member","sentence":"needs a member"},\
            {"from":"09:00","reason":"time_of_day","sentence":"holds only from 09:00 to 12:30","until":"12:30"}],\
            "sentence":"needs a member, or holds only from 09:00 to 12:30"}
            """
        #expect(try text(of: PromotionRefusal.noneHolds([.notAMember, .timeOfDay(from: from, until: until)])) == form)
    }

    @Test func everyReasonHasAWordOfItsOwn() {
        let words = Self.refusals.map(\.0.reason)
        #expect(Set(words).count == words.count - 2, "order_number and buyer_unknown stand twice, no other does")
    }

    @Test(arguments: RandomPricing.Size.allCases)
    func everyPricingHasAForm(size: RandomPricing.Size) {
        PropertyRun.check(300) { run in
            let pricing = RandomPricing(&run, size)
            guard let priced = try? pricing.priced(), let again = try? pricing.priced() else { return }
            let bytes = try JSONDocument.encode(priced)
            #expect(try JSONDocument.encode(again) == bytes, run.replay)
        }
    }
}
