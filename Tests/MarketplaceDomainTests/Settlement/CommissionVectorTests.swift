import MarketplaceCore
import MarketplaceDomain
import Testing

/// Commissions as other engines publish them.
@Suite struct CommissionVectorTests {
    @Test(arguments: try PublishedCases.cases("settlement-commission-amounts"))
    func thePublishedFeesComeOut(_ published: PublishedCases.Case) throws {
        var fields = try StrictFields(published.value, published.id)
        fields.skip("id", "source", "derived", "source_url")
        let isMajor = try PublishedCases.isMajor(&fields)
        let currency = try Currency(code: #require(fields.take("currency")?.digits))
        let basis = try Self.basis(fields.fields("line"), currency, isMajor: isMajor)
        let rule = try Self.rule(fields.fields("rate"), isMajor: isMajor)
        let taxRate = try fields.take("commission_tax_rate").map { try Ratio(parsing: #require($0.digits)) }
        let rules = try CommissionRules([rule], taxRate: Percentage(taxRate ?? .zero))
        let found = try rules.commission(on: basis, of: CommissionFacts())
        var expected = try #require(try fields.fields("expected"))
        func check(_ key: String, _ amount: Money) throws {
            guard let value = try PublishedCases.minor(expected.take(key), currency, isMajor: isMajor) else { return }
            #expect(amount == Money(minorUnits: value, currency), "\(key)")
        }
        try check("amount", found.fee)
        try check("tax", found.tax)
        try check("total", found.total())
        try expected.finish()
        try fields.finish()
    }

    private static func basis(
        _ fields: StrictFields?,
        _ currency: Currency,
        isMajor: Bool
    ) throws -> CommissionBasis {
        var line = try #require(fields)
        func minor(_ key: String) throws -> Int64? {
            try PublishedCases.minor(line.take(key), currency, isMajor: isMajor)
        }
        let units = try Int(#require(minorUnits(line.take("quantity"))))
        let price = try #require(try minor("unit_price")) * Int64(units)
        let discount = try minor("discount") ?? 0
        let included = try minor("included_tax") ?? 0
        let additional = try minor("additional_tax") ?? 0
        let kind = try line.take("kind").map { try #require(SettledLineKind(rawValue: $0.digits ?? "")) }
        try line.finish()
        return CommissionBasis(
            net: Money(minorUnits: price - discount - included, currency),
            grossMinor: price - discount + additional,
            units: units,
            kind: kind ?? .goods
        )
    }

    private static func minorUnits(_ value: JSONValue?) -> Int64? { value?.digits.flatMap { Int64($0) } }

    private static func amounts(_ value: JSONValue?, isMajor: Bool) throws -> CurrencyAmounts {
        guard let value else { return .none }
        var fields = try StrictFields(value, "amounts")
        var amounts: [Money] = []
        for (code, amount) in fields.rest() {
            let currency = try Currency(code: code)
            let minor = try #require(try PublishedCases.minor(amount, currency, isMajor: isMajor))
            amounts.append(Money(minorUnits: minor, currency))
        }
        return CurrencyAmounts(amounts)
    }

    private static func rule(_ fields: StrictFields?, isMajor: Bool) throws -> CommissionRule {
        var rate = try #require(fields)
        let fee: CommissionFee
        switch rate.take("kind")?.digits {
        case "percent":
            let base = try rate.take("base").map { try #require(CommissionBase(rawValue: $0.digits ?? "")) }
            let value = try #require(rate.take("value")?.digits)
            fee = .percent(try Percentage(parsing: value + "%"), of: base ?? .net)
        case "flat_per_unit": fee = .flatPerUnit(try amounts(rate.take("amounts"), isMajor: isMajor))
        case "flat_per_line": fee = .flatPerLine(try amounts(rate.take("amounts"), isMajor: isMajor))
        default: throw StrictFields.Unknown(description: "an unknown kind of rate")
        }
        let rule = try CommissionRule(
            "published",
            fee: fee,
            floor: amounts(rate.take("min"), isMajor: isMajor),
            cap: amounts(rate.take("max"), isMajor: isMajor),
            includesDelivery: rate.take("include_shipping") == .bool(true)
        )
        try rate.finish()
        return rule
    }

    @Test(arguments: try PublishedCases.cases("settlement-commission-rate-selection"))
    func thePublishedRateIsSelected(_ published: PublishedCases.Case) throws {
        var fields = try StrictFields(published.value, published.id)
        fields.skip("id", "derived", "source_url")
        let selection: CommissionSelection
        switch fields.take("source")?.digits {
        case "spree": selection = .firstMatch
        case "mercur": selection = .mostSpecific
        default: throw StrictFields.Unknown(description: "an unknown source")
        }
        guard case .list(let rates) = fields.take("rates") else {
            throw StrictFields.Unknown(description: "no rates")
        }
        let rules = try CommissionRules(rates.map(Self.selectable), selection: selection)
        var item = try #require(try fields.fields("item"))
        let facts = CommissionFacts(try Self.facts(item.rest()))
        let expected = try fields.take("expected_rate").map { try Percentage(parsing: #require($0.digits) + "%") }
        try fields.finish()
        guard let expected else {
            #expect(rules.rule(for: facts) == nil)
            return
        }
        #expect(rules.rule(for: facts)?.fee == .percent(expected, of: .net))
    }

    private static func selectable(_ value: JSONValue) throws -> CommissionRule {
        var rate = try StrictFields(value, "rate")
        let name = try #require(rate.take("name")?.digits)
        var match = try #require(try rate.fields("match"))
        let percentage = try Percentage(parsing: #require(rate.take("value")?.digits) + "%")
        let created = rate.take("created_at")?.digits
        let introducedAt = try created.map { text in
            try Int64(text).map(Timestamp.init(microsecondsSinceEpoch:)) ?? Timestamp(parsing: text)
        }
        let rule = try CommissionRule(
            CommissionRuleID(validating: name),
            for: CommissionFacts(try facts(match.rest())),
            fee: .percent(percentage, of: .net),
            introducedAt: introducedAt
        )
        try rate.finish()
        return rule
    }

    private static func facts(_ values: [String: JSONValue]) throws -> [CommissionDimension: Set<String>] {
        var facts: [CommissionDimension: Set<String>] = [:]
        for (name, value) in values { facts[try CommissionDimension(validating: name)] = Set(value.texts) }
        return facts
    }
}
