import MarketplaceCore

extension BenefitTiers: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case by
        case steps
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        let measure: Measure = try fields.read(.by)
        guard measure.isAmount else {
            let steps = try fields.read(.steps, as: [Step<Int64>].self)
            self.init(by: measure, steps.map { Tier(from: $0.from, $0.benefit) })
            return
        }
        let steps = try fields.read(.steps, as: [Step<Written<Money>>].self)
        let currency = steps.first?.from.value.currency
        if let other = steps.first(where: { $0.from.value.currency != currency })?.from.value.currency, let currency {
            throw DecodingError.dataCorruptedError(
                forKey: .steps,
                in: fields,
                debugDescription: "expected steps from amounts in one currency, found \(currency) and \(other)"
            )
        }
        self.init(by: measure, in: currency, steps.map { Tier(from: $0.from.value.minorUnits, $0.benefit) })
    }

    /// Encodes the measure and the tiers, whose `from` is an amount or a number of units, as the measure is:
    /// `{"by": "goods_total", "steps": [{"from": "30000 KRW", "benefit": {"percentOff": {"percent": "5%"}}}]}`.
    ///
    /// - Throws: `EncodingError` where the measure is an amount and ``currency`` is nil.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(measure, .by)
        guard measure.isAmount else {
            return try fields.write(tiers.map { Step(from: $0.from, benefit: $0.benefit) }, .steps)
        }
        guard let currency else {
            let context = EncodingError.Context(
                codingPath: encoder.codingPath,
                debugDescription: "tiers from amounts without a currency have no form that people could read"
            )
            throw EncodingError.invalidValue(self, context)
        }
        let steps = tiers.map { tier in
            Step(from: Written(Money(minorUnits: tier.from, currency)), benefit: tier.benefit)
        }
        try fields.write(steps, .steps)
    }

    /// A tier: from what on, and what it gives.
    private struct Step<Bound: Codable>: Codable {
        let from: Bound
        let benefit: PromotionBenefit

        enum CodingKeys: String, CodingKey, CaseIterable {
            case from
            case benefit
        }

        init(from bound: Bound, benefit: PromotionBenefit) {
            from = bound
            self.benefit = benefit
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.fields(CodingKeys.self)
            from = try fields.read(.from)
            benefit = try fields.read(.benefit)
        }
    }
}
