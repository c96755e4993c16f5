package import MarketplaceCore

extension PricingTerms: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case promotions
        case codes
        case buyer
        case usage
        case time
        case policy
    }

    /// Decodes the form that ``encode(to:)`` writes; every key but `time` may be left out.
    public init(from decoder: any Decoder) throws {
        try self.init(from: decoder, besides: [], time: nil)
    }

    /// Decodes terms that stand in one object with something else.
    ///
    /// - Parameters:
    ///   - decoder: Where from.
    ///   - others: The keys of what else is there.
    ///   - time: The time that is meant when the key is left out; nil, and it must not be.
    /// - Throws: `DecodingError`.
    package init(from decoder: any Decoder, besides others: [String], time: Timestamp?) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.allCases.map(\.stringValue) + others)
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            promotions: try fields.read(.promotions, or: []),
            codes: try fields.read(.codes, or: []),
            buyer: try fields.read(.buyer, or: .unknown),
            usage: try fields.read(.usage, or: UsageByPromotion()).usage,
            time: try time.map { try fields.writtenIfThere(.time) ?? $0 } ?? fields.written(.time),
            policy: try fields.read(.policy, or: .standard)
        )
    }

    /// Encodes the time, and what is not as usual; usage is an object with the ids of promotions as keys:
    /// `{"time": "2026-03-01T00:00:00Z", "codes": ["SPRING20"], "usage": {"spring": {"total": 12}}}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(promotions, .promotions, unless: [])
        try fields.write(codes, .codes, unless: [])
        try fields.write(buyer, .buyer, unless: .unknown)
        if !usage.isEmpty { try fields.write(UsageByPromotion(usage), .usage) }
        try fields.write(time, .time)
        try fields.write(policy, .policy, unless: .standard)
    }
}

/// The usage of promotions, by their ids.
private struct UsageByPromotion: Codable {
    let usage: [PromotionID: PromotionUsage]

    init(_ usage: [PromotionID: PromotionUsage] = [:]) {
        self.usage = usage
    }

    /// Any id is a key.
    private struct IDKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: IDKey.self)
        usage = try container.allKeys.reduce(into: [:]) { usage, key in
            let value: PromotionUsage = try container.read(key)
            do throws(TextKeyError) {
                usage[try PromotionID(validating: key.stringValue)] = value
            } catch {
                throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: error.description)
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: IDKey.self)
        for (id, value) in usage { try container.write(value, IDKey(stringValue: id.text)) }
    }
}
