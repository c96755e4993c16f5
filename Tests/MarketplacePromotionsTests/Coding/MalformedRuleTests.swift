import MarketplaceCore
import MarketplaceJSON
import MarketplacePromotions
import TestSupport
import Testing

/// What is not a rule is refused with its place and with what was expected, in the terms of JSON.
struct MalformedRuleTests {
    private static let twoOfTheCatalogue =
        #"{"id": "a", "benefit": {"cataloguePrice": {"price": "1 KRW", "amountOff": "1 KRW"}}}"#

    @Test(arguments: [
        (#"{"benefit": {"gift": {"sku": "a"}}}"#, "$", "the key id is missing"),
        (#"{"id": "a"}"#, "$", "the key benefit is missing"),
        (#"{"id": 1, "benefit": {"gift": {"sku": "a"}}}"#, "$.id", "expected a string, found 1"),
        (#"{"id": "a", "benefti": {}}"#, "$.benefti", "unknown key benefti; did you mean benefit?"),
        (
            #"{"id": "a", "benefit": {"percentOf": {"percent": "20%"}}}"#, "$.benefit.percentOf",
            "unknown key percentOf; did you mean percentOff?"
        ),
        (
            twoOfTheCatalogue, "$.benefit.cataloguePrice",
            "expected exactly one of the keys percentOff, amountOff and price, found amountOff and price"
        ),
        (
            #"{"id": "a", "benefit": {"cataloguePrice": {}}}"#, "$.benefit.cataloguePrice",
            "expected exactly one of the keys percentOff, amountOff and price, found none"
        ),
        (
            #"{"id": "a", "benefit": {"cataloguePrice": "20%"}}"#, "$.benefit.cataloguePrice",
            "expected an object with exactly one of the keys percentOff, amountOff and price, found \"20%\""
        ),
        (
            #"{"id": "a", "benefit": {"percentOff": {"percent": "20"}}}"#, "$.benefit.percentOff.percent",
            "expected a percentage such as \"12.5%\", found \"20\": the percent sign is missing, at byte 2"
        ),
        (
            #"{"id": "a", "benefit": {"percentOff": {"percent": 20}}}"#, "$.benefit.percentOff.percent",
            "expected a percentage such as \"12.5%\", found 20"
        ),
        (
            #"{"id": "a", "benefit": {"priceEachUnit": 5000}}"#, "$.benefit.priceEachUnit",
            "expected an amount of money such as \"19.99 USD\", found 5000"
        ),
        (
            #"{"id": "a", "benefit": {"priceEachUnit": "50.00 KRW"}}"#, "$.benefit.priceEachUnit",
            "expected an amount of money such as \"19.99 USD\", found \"50.00 KRW\": "
                + "KRW has 0 digits behind the point, not 2, at byte 2"
        ),
        (
            #"{"id": "a", "benefit": {"shipping": "gratis"}}"#, "$.benefit.shipping",
            "expected \"free\" or an object with exactly one of the keys percentOff, amountOffEach, amountOff and price, "
                + "found \"gratis\""
        ),
        (
            #"{"id": "a", "benefit": {"amountOffOrder": {"amount": "1 KRW", "spread": "even"}}}"#,
            "$.benefit.amountOffOrder.spread", "expected one of \"by_value\", \"by_units\", \"evenly\", found \"even\""
        ),
        (
            #"{"id": "a", "benefit": {"bundlePrice": {"price": "1 KRW", "units": "3"}}}"#,
            "$.benefit.bundlePrice.units", "expected a whole number, found \"3\""
        ),
        (
            #"{"id": "a", "benefit": {"tiers": {"by": "goods_total", "steps": [{"from": 3, "benefit": {}}]}}}"#,
            "$.benefit.tiers.steps[0].from", "expected an amount of money such as \"19.99 USD\""
        ),
        (
            #"{"id": "a", "benefit": {"tiers": {"by": "line_quantity", "steps": [{"from": "1 KRW", "benefit": {}}]}}}"#,
            "$.benefit.tiers.steps[0].from", "expected a whole number, found \"1 KRW\""
        ),
        (
            """
            {"id": "a", "benefit": {"tiers": {"by": "goods_total", "steps": [
            {"from": "1 KRW", "benefit": {"priceEachUnit": "1 KRW"}},
            {"from": "1.00 USD", "benefit": {"priceEachUnit": "1 KRW"}}]}}}
            """,
            "$.benefit.tiers.steps", "expected steps from amounts in one currency, found KRW and USD"
        ),
    ])
    func aMalformedPromotionIsRefused(text: String, path: String, words: String) throws {
        try expectRefusal(of: Promotion.self, text, path: path, words)
    }

    @Test(arguments: [
        (
            #""guest""#, "$",
            "expected \"always\", \"member\" or an object with exactly one of the keys all, any, not, total, quantity, "
                + "distinctProducts, groups, orderNumber, emailDomains, countries, paymentMethods, currencies, period, "
                + "weekdays, hours and attribute, found \"guest\""
        ),
        (#"{"all": [{"not": {"gruops": []}}]}"#, "$.all[0].not.gruops", "unknown key gruops; did you mean groups?"),
        (#"{"total": {"atleast": "1 KRW"}}"#, "$.total.atleast", "unknown key atleast; did you mean atLeast?"),
        (
            #"{"total": {"atLeast": null}}"#, "$.total.atLeast",
            "expected an amount of money such as \"19.99 USD\", found null"
        ),
        (#"{"orderNumber": {"atMost": 1.5}}"#, "$.orderNumber.atMost", "expected a whole number, found 1.5"),
        (
            #"{"currencies": ["WON"]}"#, "$.currencies[0]", "no active currency of ISO 4217 has the code WON"
        ),
        (
            #"{"period": {"from": "2026-03-01"}}"#, "$.period.from",
            "expected a time such as \"2026-03-01T00:00:00+09:00\", found \"2026-03-01\": a \"T\" is missing, at byte 10"
        ),
        (
            #"{"weekdays": {"days": ["Monday"], "utcOffset": "+09:00"}}"#, "$.weekdays.days[0]",
            "expected a day of the week such as \"monday\", found \"Monday\""
        ),
        (#"{"weekdays": {"days": ["monday"]}}"#, "$.weekdays", "the key utcOffset is missing"),
        (
            #"{"hours": {"from": "18:60", "until": "20:00", "utcOffset": "+09:00"}}"#, "$.hours.from",
            "expected a time of day from \"00:00\" to \"24:00\", found \"18:60\""
        ),
        (
            #"{"hours": {"from": "18:00", "until": "24:01", "utcOffset": "+09:00"}}"#, "$.hours.until",
            "expected a time of day from \"00:00\" to \"24:00\", found \"24:01\""
        ),
        (
            #"{"hours": {"from": "18:00", "until": "20:00", "utcOffset": "09:00"}}"#, "$.hours.utcOffset",
            "expected an offset from UTC such as \"+09:00\", at most 18 hours, found \"09:00\""
        ),
        (
            #"{"attribute": {"name": "a"}}"#, "$.attribute",
            "expected exactly one of the keys anyOf, noneOf and number, found none"
        ),
        (#"{"attribute": {"anyOf": []}}"#, "$.attribute", "the key name is missing"),
        (
            #"{"attribute": {"nam": "a", "anyOf": []}}"#, "$.attribute.nam", "unknown key nam; did you mean name?"
        ),
    ])
    func aMalformedConditionIsRefused(text: String, path: String, words: String) throws {
        try expectRefusal(of: PromotionCondition.self, text, path: path, words)
    }

    @Test(arguments: [
        (
            #""cheap""#, "$",
            "expected one of \"standard\", \"amountsThenPercentages\", \"oneCoupon\", or an object, found \"cheap\""
        ),
        (#"{"round": "up"}"#, "$.round", "unknown key round; the known keys are "),
        (#"{"remainder": {"methd": "last"}}"#, "$.remainder.methd", "unknown key methd; did you mean method?"),
        (
            #"{"remainder": {"method": "last", "rounding": null}}"#, "$.remainder.rounding",
            "expected a string, found null"
        ),
        (#"{"stacking": {"order": ["name"]}}"#, "$.stacking.order[0]", "expected one of \"class\", "),
        (
            #"{"stacking": {"selection": "worst"}}"#, "$.stacking.selection",
            "expected \"in_order\", \"best\" or an object with the key best, found \"worst\""
        ),
        (#"{"tax": {"place": "cart"}}"#, "$.tax.place", "expected one of \"line\", \"rate\", found \"cart\""),
    ])
    func aMalformedPolicyIsRefused(text: String, path: String, words: String) throws {
        try expectRefusal(of: PricingPolicy.self, text, path: path, words)
    }

    private func expectRefusal<Value: Decodable>(
        of type: Value.Type,
        _ text: String,
        path: String,
        _ words: String
    ) throws {
        let error = try #require(
            thrownError { () throws(JSONDocumentError) in _ = try JSONDocument.decode(type, from: Array(text.utf8)) }
        )
        #expect(error.path == path)
        #expect(error.problem.description.hasPrefix(words), "\(error.problem)")
    }
}
