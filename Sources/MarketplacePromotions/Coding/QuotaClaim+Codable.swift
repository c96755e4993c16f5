import MarketplaceCore

extension QuotaClaim: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case promotion
        case quota
        case amount
        case limit
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        self.init(
            promotion: try fields.read(.promotion),
            quota: try fields.read(.quota),
            amount: try fields.read(.amount),
            limit: try fields.read(.limit)
        )
    }

    /// Encodes the four facts: `{"promotion": "spring", "quota": {"member": "m-17"}, "amount": 1, "limit": 1}`.
    ///
    /// The amount and the limit of a budget are minor units.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(promotion, .promotion)
        try fields.write(quota, .quota)
        try fields.write(amount, .amount)
        try fields.write(limit, .limit)
    }
}

extension QuotaClaim.Quota: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case member
        case attribute
        case budget
        case code
    }

    private static let totalWord = "total"

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        self = try decoder.choice(words: [Self.totalWord: .total]) { (key: CodingKeys, container) in
            switch key {
            case .member: .member(try container.read(key))
            case .attribute: try container.read(key, as: Fact.self).quota
            case .budget: .budget(try container.read(key))
            case .code: .code(try container.read(key))
            }
        }
    }

    /// Encodes the word `"total"`, or an object with one key: `{"member": "m-17"}`,
    /// `{"attribute": {"name": "email", "value": "a@b.example"}}`, `{"budget": "KRW"}`, `{"code": "SPRING20"}`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .total: try encoder.write(word: Self.totalWord)
        case .member(let member): try encoder.write(member, as: CodingKeys.member)
        case .attribute(let name, let value):
            try encoder.write(Fact(name: name, value: value), as: CodingKeys.attribute)
        case .budget(let currency): try encoder.write(currency, as: CodingKeys.budget)
        case .code(let code): try encoder.write(code, as: CodingKeys.code)
        }
    }

    private struct Fact: Codable {
        let name: String
        let value: String

        enum CodingKeys: String, CodingKey, CaseIterable {
            case name
            case value
        }

        var quota: QuotaClaim.Quota { .attribute(name: name, value: value) }

        init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.fields(CodingKeys.self)
            name = try fields.read(.name)
            value = try fields.read(.value)
        }
    }
}
