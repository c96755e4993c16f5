import MarketplaceCore

extension StackingProgram: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case classes
        case order
        case selection
        case usedAlone
        case maximumCodes
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        let usual = StackingProgram()
        self.init(
            classes: try fields.read(.classes, or: usual.classes),
            order: try fields.read(.order, or: usual.order),
            selection: try fields.read(.selection, or: usual.selection),
            usedAlone: try fields.read(.usedAlone, or: usual.usedAlone),
            maximumCodes: try fields.readIfThere(.maximumCodes)
        )
    }

    /// Encodes what is not as usual: `{"classes": [{"class": "product", "admits": "best"}, {"class": "order"}],
    /// "order": ["class", "amounts_first"], "selection": "best", "usedAlone": "as_exclusive", "maximumCodes": 1}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        let usual = StackingProgram()
        try fields.write(classes, .classes, unless: usual.classes)
        try fields.write(order, .order, unless: usual.order)
        try fields.write(selection, .selection, unless: usual.selection)
        try fields.write(usedAlone, .usedAlone, unless: usual.usedAlone)
        try fields.writeIfThere(maximumCodes, .maximumCodes)
    }
}

extension StackingProgram.ClassRule: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case stackingClass = "class"
        case admits
    }

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        self.init(try fields.read(.stackingClass), admits: try fields.read(.admits, or: .all))
    }

    /// Encodes the name of the class, and how many of it apply unless all: `{"class": "product", "admits": "best"}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(stackingClass, .stackingClass)
        try fields.write(admits, .admits, unless: .all)
    }
}

extension StackingProgram.Selection: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case best
    }

    private static let inOrderWord = "in_order"
    private static let bestWord = "best"

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        self = try decoder.choice(
            words: [Self.inOrderWord: .inOrder, Self.bestWord: .best()]
        ) { (key: CodingKeys, container) in
            .best(exactUpTo: try container.read(key, as: Search.self).exactUpTo)
        }
    }

    /// Encodes the word `"in_order"` or `"best"`, or up to how many candidates every combination is tried:
    /// `{"best": {"exactUpTo": 15}}`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .inOrder: try encoder.write(word: Self.inOrderWord)
        case .best(Self.defaultExactCandidates): try encoder.write(word: Self.bestWord)
        case .best(let candidates): try encoder.write(Search(exactUpTo: candidates), as: CodingKeys.best)
        }
    }

    private struct Search: Codable {
        let exactUpTo: Int

        enum CodingKeys: String, CodingKey, CaseIterable {
            case exactUpTo
        }

        init(exactUpTo: Int) {
            self.exactUpTo = exactUpTo
        }

        init(from decoder: any Decoder) throws {
            exactUpTo = try decoder.fields(CodingKeys.self).read(.exactUpTo)
        }
    }
}
