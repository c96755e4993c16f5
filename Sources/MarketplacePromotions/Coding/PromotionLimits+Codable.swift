import MarketplaceCore

extension PromotionLimits: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case total
        case perMember
        case perAttribute
        case budget
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        self.init(
            total: try fields.readIfThere(.total),
            perMember: try fields.readIfThere(.perMember),
            perAttribute: try fields.readIfThere(.perAttribute),
            budget: try fields.writtenIfThere(.budget)
        )
    }

    /// Encodes the limits that there are:
    /// `{"total": 500, "perMember": 1, "perAttribute": {"name": "email", "limit": 1}, "budget": "1000000 KRW"}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.writeIfThere(total, .total)
        try fields.writeIfThere(perMember, .perMember)
        try fields.writeIfThere(perAttribute, .perAttribute)
        try fields.writeIfThere(budget, .budget)
    }
}

extension PromotionLimits.AttributeLimit: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name
        case limit
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        self.init(try fields.read(.name), limit: try fields.read(.limit))
    }

    /// Encodes the name of the fact and the limit: `{"name": "email", "limit": 1}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(name, .name)
        try fields.write(limit, .limit)
    }
}
