/// The value of an attribute, of one of four types.
///
/// It is stored as an object with a `kind` and the fields of that kind, such as
/// `{"kind":"number","number":1250,"scale":3,"unit":"kg"}`. The form does not change between versions.
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
        switch try container.decode(Kind.self, forKey: .kind) {
        case .text: self = .text(try container.decode(String.self, forKey: .text))
        case .number:
            self = .number(
                ProductMeasure(
                    try container.decode(Int64.self, forKey: .number),
                    scale: try container.decode(Int.self, forKey: .scale),
                    unit: try container.decode(String.self, forKey: .unit)
                )
            )
        case .boolean: self = .boolean(try container.decode(Bool.self, forKey: .boolean))
        case .choice: self = .choice(try container.decode(String.self, forKey: .text))
        }
    }

    /// Encodes the kind and the fields of that kind.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .text(let text):
            try container.encode(Kind.text, forKey: .kind)
            try container.encode(text, forKey: .text)
        case .number(let measure):
            try container.encode(Kind.number, forKey: .kind)
            try container.encode(measure.value, forKey: .number)
            try container.encode(measure.scale, forKey: .scale)
            try container.encode(measure.unit, forKey: .unit)
        case .boolean(let flag):
            try container.encode(Kind.boolean, forKey: .kind)
            try container.encode(flag, forKey: .boolean)
        case .choice(let value):
            try container.encode(Kind.choice, forKey: .kind)
            try container.encode(value, forKey: .text)
        }
    }
}
