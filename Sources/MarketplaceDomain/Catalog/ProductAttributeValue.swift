/// The value of an attribute, of one of four types.
///
/// It is stored as an object with its `kind`, its `text`, which says it to people, and the fields of its kind, such as
/// `{"kind":"number","text":"1.250 kg","number":1250,"scale":3,"unit":"kg"}`. The form does not change between versions.
public enum ProductAttributeValue: Sendable, Hashable {
    /// Free text.
    case text(String)
    /// A number with a unit.
    case number(ProductMeasure)
    /// Yes or no.
    case boolean(Bool)
    /// One of the values that a shop offers as a filter.
    case choice(String)
}

extension ProductAttributeValue: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, text, number, scale, unit, boolean
    }

    private enum Kind: String, Codable, CaseIterable {
        case text, number, boolean, choice
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let kind = try container.decode(Kind.self, forKey: .kind)
        let text = try container.decode(String.self, forKey: .text)
        // All fields are asked for, whatever the kind, so that a schema that is read off this knows them.
        let number = try container.decodeIfPresent(Int64.self, forKey: .number)
        let scale = try container.decodeIfPresent(Int.self, forKey: .scale)
        let unit = try container.decodeIfPresent(String.self, forKey: .unit)
        let boolean = try container.decodeIfPresent(Bool.self, forKey: .boolean)
        switch (kind, number, boolean) {
        case (.text, _, _): self = .text(text)
        case (.choice, _, _): self = .choice(text)
        case (.number, let number?, _): self = .number(ProductMeasure(number, scale: scale ?? 0, unit: unit ?? ""))
        case (.boolean, _, let boolean?): self = .boolean(boolean)
        case (.number, nil, _), (.boolean, _, nil):
            throw DecodingError.dataCorruptedError(
                forKey: .kind,
                in: container,
                debugDescription: "the value of a \(kind.rawValue) is missing"
            )
        }
    }

    /// Encodes the kind, the text and the fields of that kind.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(description, forKey: .text)
        switch self {
        case .text, .choice: break
        case .number(let measure):
            try container.encode(measure.value, forKey: .number)
            try container.encode(measure.scale, forKey: .scale)
            try container.encode(measure.unit, forKey: .unit)
        case .boolean(let flag): try container.encode(flag, forKey: .boolean)
        }
    }

    private var kind: Kind {
        switch self {
        case .text: .text
        case .number: .number
        case .boolean: .boolean
        case .choice: .choice
        }
    }
}

extension ProductAttributeValue: CustomStringConvertible {
    /// The text or the choice as it is, the number with its unit, `true` or `false`.
    public var description: String {
        switch self {
        case .text(let text), .choice(let text): text
        case .number(let measure): measure.description
        case .boolean(let flag): flag.description
        }
    }
}
