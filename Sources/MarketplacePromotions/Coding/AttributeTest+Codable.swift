extension AttributeTest: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case anyOf
        case noneOf
        case number
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        try self.init(from: decoder, besides: [])
    }

    init(from decoder: any Decoder, besides others: [String]) throws {
        self = try decoder.choice(besides: others) { (key: CodingKeys, container) in
            switch key {
            case .anyOf: .anyOf(try container.read(key))
            case .noneOf: .noneOf(try container.read(key))
            case .number: .number(try container.read(key))
            }
        }
    }

    /// Encodes an object with one key: `{"anyOf": ["red", "blue"]}`, `{"noneOf": ["used"]}` or
    /// `{"number": {"atLeast": 3}}`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .anyOf(let values): try encoder.write(values, as: CodingKeys.anyOf)
        case .noneOf(let values): try encoder.write(values, as: CodingKeys.noneOf)
        case .number(let range): try encoder.write(range, as: CodingKeys.number)
        }
    }
}

extension PromotionBenefit.AttributeCondition: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let test = try AttributeTest(from: decoder, besides: [CodingKeys.name.stringValue])
        self.init(try container.read(.name), test)
    }

    /// Encodes the name and the test in one object: `{"name": "carrier", "anyOf": ["post"]}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.write(name, .name)
        try test.encode(to: encoder)
    }
}
