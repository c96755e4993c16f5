import MarketplaceCore

extension ShippingBenefit: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case percentOff
        case amountOffEach
        case amountOff
        case price
    }

    private static let freeWord = "free"

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        try self.init(from: decoder, besides: [])
    }

    init(from decoder: any Decoder, besides others: [String]) throws {
        self = try decoder.choice(words: [Self.freeWord: .free], besides: others) { (key: CodingKeys, container) in
            switch key {
            case .percentOff: .percentOff(try container.written(key))
            case .amountOffEach: .amountOffEach(try container.written(key))
            case .amountOff: .amountOff(try container.written(key))
            case .price: .price(try container.written(key))
            }
        }
    }

    /// Encodes the word `"free"`, or an object with one key: `{"percentOff": "50%"}`, `{"amountOffEach": "1.00 USD"}`,
    /// `{"amountOff": "5.00 USD"}`, `{"price": "2.50 USD"}`.
    public func encode(to encoder: any Encoder) throws {
        if self == .free { try encoder.write(word: Self.freeWord) } else { try encode(asObjectTo: encoder) }
    }

    func encode(asObjectTo encoder: any Encoder) throws {
        switch self {
        case .percentOff(let percentage): try encoder.write(percentage, as: CodingKeys.percentOff)
        case .amountOffEach(let amount): try encoder.write(amount, as: CodingKeys.amountOffEach)
        case .amountOff(let amount): try encoder.write(amount, as: CodingKeys.amountOff)
        case .price(let price): try encoder.write(price, as: CodingKeys.price)
        }
    }
}

extension CatalogueBenefit: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case percentOff
        case amountOff
        case price
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        self = try decoder.choice { (key: CodingKeys, container) in
            switch key {
            case .percentOff: .percentOff(try container.written(key))
            case .amountOff: .amountOff(try container.written(key))
            case .price: .price(try container.written(key))
            }
        }
    }

    /// Encodes an object with one key: `{"percentOff": "10%"}`, `{"amountOff": "5.00 USD"}`, `{"price": "9.99 USD"}`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .percentOff(let percentage): try encoder.write(percentage, as: CodingKeys.percentOff)
        case .amountOff(let amount): try encoder.write(amount, as: CodingKeys.amountOff)
        case .price(let price): try encoder.write(price, as: CodingKeys.price)
        }
    }
}
