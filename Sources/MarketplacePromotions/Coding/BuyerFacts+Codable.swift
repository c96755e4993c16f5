import MarketplaceCore

extension BuyerFacts: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case member
        case groups
        case orderNumber
        case verifiedEmailDomains
        case country
        case paymentMethod
        case attributes
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        self.init(
            member: try fields.readIfThere(.member),
            groups: try fields.read(.groups, or: []),
            orderNumber: try fields.readIfThere(.orderNumber),
            verifiedEmailDomains: try fields.read(.verifiedEmailDomains, or: []),
            country: try fields.readIfThere(.country),
            paymentMethod: try fields.readIfThere(.paymentMethod),
            attributes: try fields.read(.attributes, or: [:])
        )
    }

    /// Encodes what is known, groups and domains in the order of their bytes:
    /// `{"member": "m-17", "groups": ["vip"], "orderNumber": 1, "verifiedEmailDomains": ["snu.ac.kr"],
    /// "country": "KR", "paymentMethod": "card", "attributes": {"campus": "north"}}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.writeIfThere(member, .member)
        try fields.write(groups.sortedByBytes, .groups, unless: [])
        try fields.writeIfThere(orderNumber, .orderNumber)
        try fields.write(verifiedEmailDomains.sortedByBytes, .verifiedEmailDomains, unless: [])
        try fields.writeIfThere(country, .country)
        try fields.writeIfThere(paymentMethod, .paymentMethod)
        try fields.write(attributes, .attributes, unless: [:])
    }
}

extension Sequence<String> {
    /// The texts in the order of their bytes.
    var sortedByBytes: [String] { sorted { $0.isBytewiseLess(than: $1) } }
}

extension PresentedCode: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case code
        case promotion
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        if (try? decoder.singleValueContainer().decode(String.self)) != nil {
            self.init(try CouponCode(from: decoder))
            return
        }
        let fields = try decoder.fields(CodingKeys.self)
        self.init(try fields.read(.code), for: try fields.readIfThere(.promotion))
    }

    /// Encodes the code, `"SPRING20"`, or an object where a promotion is named:
    /// `{"code": "7F3K-9Q2M", "promotion": "spring"}`.
    public func encode(to encoder: any Encoder) throws {
        guard let promotion else { return try code.encode(to: encoder) }
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(code, .code)
        try fields.write(promotion, .promotion)
    }
}

extension PromotionUsage: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case total
        case byMember
        case byAttribute
        case spentMinor
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        self.init(
            total: try fields.read(.total, or: 0),
            byMember: try fields.read(.byMember, or: 0),
            byAttribute: try fields.read(.byAttribute, or: 0),
            spentMinor: try fields.read(.spentMinor, or: 0)
        )
    }

    /// Encodes what is not zero: `{"total": 12, "byMember": 1, "byAttribute": 1, "spentMinor": 60000}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(total, .total, unless: 0)
        try fields.write(byMember, .byMember, unless: 0)
        try fields.write(byAttribute, .byAttribute, unless: 0)
        try fields.write(spentMinor, .spentMinor, unless: 0)
    }
}
