import MarketplaceCore

extension BuyGet: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case buy
        case get
        case reward
        case repeats
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        let buy = try fields.read(.buy, as: Side.self)
        let get = try fields.read(.get, as: Side.self)
        self.init(
            buy: buy.units,
            of: buy.lines,
            get: get.units,
            of: get.lines,
            reward: try fields.read(.reward, or: .free),
            repeats: try fields.readIfThere(.repeats),
            boughtOrder: buy.order,
            gotOrder: get.order
        )
    }

    /// Encodes what is bought and what is got, the reward unless free, and the repeats.
    ///
    /// `{"buy": {"units": 2, "of": {"skus": ["A"]}}, "get": {"units": 1, "order": "cheapest_first"},
    /// "reward": {"percentOff": "50%"}, "repeats": 1}`. Without `of` it is what the promotion's scope has.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(Side(units: boughtUnits, lines: bought, order: boughtOrder), .buy)
        try fields.write(Side(units: gotUnits, lines: got, order: gotOrder), .get)
        try fields.write(reward, .reward, unless: .free)
        try fields.writeIfThere(repeats, .repeats)
    }

    /// What is bought, or got.
    private struct Side: Codable {
        let units: Int
        let lines: LineFilter?
        let order: UnitOrder?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case units
            case lines = "of"
            case order
        }

        init(units: Int, lines: LineFilter?, order: UnitOrder?) {
            self.units = units
            self.lines = lines
            self.order = order
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.fields(CodingKeys.self)
            units = try fields.read(.units)
            lines = try fields.readIfThere(.lines)
            order = try fields.readIfThere(.order)
        }

        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: CodingKeys.self)
            try fields.write(units, .units)
            try fields.writeIfThere(lines, .lines)
            try fields.writeIfThere(order, .order)
        }
    }
}

extension BuyGet.Reward: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case percentOff
        case amountOff
        case price
    }

    private static let freeWord = "free"

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        self = try decoder.choice(words: [Self.freeWord: .free]) { (key: CodingKeys, container) in
            switch key {
            case .percentOff: .percentOff(try container.written(key))
            case .amountOff: .amountOff(try container.written(key))
            case .price: .price(try container.written(key))
            }
        }
    }

    /// Encodes the word `"free"`, or an object with one key: `{"percentOff": "50%"}`, `{"amountOff": "5.00 USD"}`,
    /// `{"price": "1.00 USD"}`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .free: try encoder.write(word: Self.freeWord)
        case .percentOff(let percentage): try encoder.write(percentage, as: CodingKeys.percentOff)
        case .amountOff(let amount): try encoder.write(amount, as: CodingKeys.amountOff)
        case .price(let price): try encoder.write(price, as: CodingKeys.price)
        }
    }
}
