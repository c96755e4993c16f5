extension PromotionScope: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case lines
        case units
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        self.init(lines: try fields.read(.lines, or: .every), units: try fields.readIfThere(.units))
    }

    /// Encodes which lines, unless all, and how many units, unless all:
    /// `{"lines": {"categories": ["shoes"]}, "units": {"order": "cheapest_first", "perOrder": 1}}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(lines, .lines, unless: .every)
        try fields.writeIfThere(units, .units)
    }
}

extension UnitPick: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case order
        case perOrder
        case perLine
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        self.init(
            try fields.readIfThere(.order),
            perOrder: try fields.readIfThere(.perOrder),
            perLine: try fields.readIfThere(.perLine)
        )
    }

    /// Encodes what there is: `{"order": "dearest_first", "perOrder": 2, "perLine": 1}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.writeIfThere(order, .order)
        try fields.writeIfThere(perOrder, .perOrder)
        try fields.writeIfThere(perLine, .perLine)
    }
}
