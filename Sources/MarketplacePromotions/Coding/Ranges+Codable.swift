import MarketplaceCore

extension AmountRange: Codable, WrittenRange {
    init(bounds: KeyedDecodingContainer<RangeKeys>) throws {
        self.init(atLeast: try bounds.writtenIfThere(.atLeast), atMost: try bounds.writtenIfThere(.atMost))
    }

    func write(to bounds: inout KeyedEncodingContainer<RangeKeys>) throws {
        try bounds.writeIfThere(atLeast, .atLeast)
        try bounds.writeIfThere(atMost, .atMost)
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        try self.init(bounds: decoder.fields(RangeKeys.self))
    }

    /// Encodes the bounds that there are: `{"atLeast": "300.00 USD", "atMost": "500.00 USD"}`.
    public func encode(to encoder: any Encoder) throws {
        var bounds = encoder.container(keyedBy: RangeKeys.self)
        try write(to: &bounds)
    }
}

extension CountRange: Codable, WrittenRange {
    init(bounds: KeyedDecodingContainer<RangeKeys>) throws {
        self.init(atLeast: try bounds.readIfThere(.atLeast), atMost: try bounds.readIfThere(.atMost))
    }

    func write(to bounds: inout KeyedEncodingContainer<RangeKeys>) throws {
        try bounds.writeIfThere(atLeast, .atLeast)
        try bounds.writeIfThere(atMost, .atMost)
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        try self.init(bounds: decoder.fields(RangeKeys.self))
    }

    /// Encodes the bounds that there are: `{"atLeast": 2, "atMost": 5}`.
    public func encode(to encoder: any Encoder) throws {
        var bounds = encoder.container(keyedBy: RangeKeys.self)
        try write(to: &bounds)
    }
}

/// The keys of a range.
enum RangeKeys: String, CodingKey, CaseIterable {
    case atLeast
    case atMost
}

/// A range whose bounds may stand among the keys of something else.
protocol WrittenRange {
    init(bounds: KeyedDecodingContainer<RangeKeys>) throws
    func write(to bounds: inout KeyedEncodingContainer<RangeKeys>) throws
}

/// A range of what some lines come to: `{"atLeast": "300.00 USD", "of": {"categories": ["shoes"]}}`.
struct RangeOfLines<Range: WrittenRange>: Codable {
    let range: Range
    let lines: LineFilter

    init(_ range: Range, of lines: LineFilter) {
        self.range = range
        self.lines = lines
    }

    private enum CodingKeys: String, CodingKey {
        case of
    }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: RangeKeys.allCases.map(\.stringValue) + [CodingKeys.of.stringValue])
        range = try Range(bounds: decoder.container(keyedBy: RangeKeys.self))
        lines = try decoder.container(keyedBy: CodingKeys.self).read(.of, or: .every)
    }

    func encode(to encoder: any Encoder) throws {
        var bounds = encoder.container(keyedBy: RangeKeys.self)
        try range.write(to: &bounds)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.write(lines, .of, unless: .every)
    }
}
