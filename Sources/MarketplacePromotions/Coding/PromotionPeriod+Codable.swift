extension PromotionPeriod: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case from
        case until
    }

    /// Decodes the form that ``encode(to:)`` writes; times may have any offset from UTC.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        self.init(from: try fields.writtenIfThere(.from), until: try fields.writtenIfThere(.until))
    }

    /// Encodes the ends that there are, in UTC: `{"from": "2026-02-28T15:00:00Z", "until": "2026-03-31T15:00:00Z"}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.writeIfThere(from, .from)
        try fields.writeIfThere(until, .until)
    }
}
