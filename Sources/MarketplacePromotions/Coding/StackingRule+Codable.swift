import MarketplaceCore

extension StackingRule: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case stackingClass = "class"
        case priority
        case exclusive
        case usedAlone
        case combinesWith
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        self.init(
            try fields.read(.stackingClass, or: .order),
            priority: try fields.read(.priority, or: 0),
            isExclusive: try fields.read(.exclusive, or: false),
            isUsedAlone: try fields.read(.usedAlone, or: false),
            combinesWith: try fields.read(.combinesWith, or: .everything)
        )
    }

    /// Encodes what is not as usual:
    /// `{"class": "product", "priority": 10, "exclusive": true, "usedAlone": true, "combinesWith": ["shipping"]}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(stackingClass, .stackingClass, unless: .order)
        try fields.write(priority, .priority, unless: 0)
        try fields.write(isExclusive, .exclusive, unless: false)
        try fields.write(isUsedAlone, .usedAlone, unless: false)
        try fields.write(combinesWith, .combinesWith, unless: .everything)
    }
}

extension StackingRule.Combination: Codable {
    private static let everythingWord = "everything"

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let word = try? container.decode(String.self) {
            guard word == Self.everythingWord else {
                throw decoder.refusal(
                    "expected \"\(Self.everythingWord)\" or an array of classes, found \(word.excerpt)"
                )
            }
            self = .everything
        } else {
            self = .classes(Set(try container.decode([StackingClass].self)))
        }
    }

    /// Encodes the word `"everything"`, or the names of the classes in the order of their bytes: `["order", "shipping"]`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .everything: try encoder.write(word: Self.everythingWord)
        case .classes(let classes):
            var container = encoder.singleValueContainer()
            try container.encode(classes.map(\.rawValue).sortedByBytes)
        }
    }
}

// A class is its name, a text.
extension StackingClass: Codable {}
