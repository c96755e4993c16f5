import MarketplaceCore

extension PromotionBenefit {
    /// `{"percent": "20%", "cap": "5000 KRW"}`.
    struct CappedPercentage: Codable {
        let percent: Percentage
        let cap: Money?

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case percent
            case cap
        }

        init(percent: Percentage, cap: Money?) {
            self.percent = percent
            self.cap = cap
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.fields(CodingKeys.self)
            percent = try fields.written(.percent)
            cap = try fields.writtenIfThere(.cap)
        }

        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: CodingKeys.self)
            try fields.write(percent, .percent)
            try fields.writeIfThere(cap, .cap)
        }
    }

    /// `{"amount": "5.00 USD", "furtherUnits": "1.00 USD"}`.
    struct FirstUnitAmount: Codable {
        let amount: Money
        let furtherUnits: Money

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case amount
            case furtherUnits
        }

        init(amount: Money, furtherUnits: Money) {
            self.amount = amount
            self.furtherUnits = furtherUnits
        }

        var benefit: PromotionBenefit { .amountOffFirstUnit(amount, furtherUnits: furtherUnits) }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.fields(CodingKeys.self)
            amount = try fields.written(.amount)
            furtherUnits = try fields.written(.furtherUnits)
        }

        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: CodingKeys.self)
            try fields.write(amount, .amount)
            try fields.write(furtherUnits, .furtherUnits)
        }
    }

    /// `{"amount": "5000 KRW", "spread": "by_units"}`.
    struct OrderAmount: Codable {
        let amount: Money
        let spread: Spread

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case amount
            case spread
        }

        init(amount: Money, spread: Spread) {
            self.amount = amount
            self.spread = spread
        }

        var benefit: PromotionBenefit { .amountOffOrder(amount, spread: spread) }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.fields(CodingKeys.self)
            amount = try fields.written(.amount)
            spread = try fields.read(.spread, or: .byValue)
        }

        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: CodingKeys.self)
            try fields.write(amount, .amount)
            try fields.write(spread, .spread, unless: .byValue)
        }
    }

    /// `{"price": "10.00 USD", "units": 3, "repeats": 1}`.
    struct Bundle: Codable {
        let price: Money
        let units: Int
        let repeats: Int?

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case price
            case units
            case repeats
        }

        init(price: Money, units: Int, repeats: Int?) {
            self.price = price
            self.units = units
            self.repeats = repeats
        }

        var benefit: PromotionBenefit { .bundlePrice(price, units: units, repeats: repeats) }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.fields(CodingKeys.self)
            price = try fields.written(.price)
            units = try fields.read(.units)
            repeats = try fields.readIfThere(.repeats)
        }

        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: CodingKeys.self)
            try fields.write(price, .price)
            try fields.write(units, .units)
            try fields.writeIfThere(repeats, .repeats)
        }
    }

    /// `"free"`, or `{"price": "3000 KRW", "where": {"name": "service", "anyOf": ["express"]}}`.
    struct ShippingPrice: Codable {
        let price: ShippingBenefit
        let condition: AttributeCondition?

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case condition = "where"
        }

        init(price: ShippingBenefit, condition: AttributeCondition?) {
            self.price = price
            self.condition = condition
        }

        var benefit: PromotionBenefit { .shipping(price, attribute: condition) }

        init(from decoder: any Decoder) throws {
            price = try ShippingBenefit(from: decoder, besides: [CodingKeys.condition.stringValue])
            // The word for free shipping is no object, and says nothing of an attribute.
            condition = try (try? decoder.container(keyedBy: CodingKeys.self))?.readIfThere(.condition)
        }

        func encode(to encoder: any Encoder) throws {
            guard let condition else { return try price.encode(to: encoder) }
            try price.encode(asObjectTo: encoder)
            var fields = encoder.container(keyedBy: CodingKeys.self)
            try fields.write(condition, .condition)
        }
    }
}

extension KeyedDecodingContainer {
    /// The value of a key as a type that stands for another one.
    func read<Value: Decodable>(_ key: Key, as type: Value.Type) throws -> Value {
        try decode(type, forKey: key)
    }
}
