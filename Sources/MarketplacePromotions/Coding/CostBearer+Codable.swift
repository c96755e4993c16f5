import MarketplaceCore

extension CostBearer: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case shared
    }

    private static let platformWord = "platform"
    private static let sellersWord = "sellers"

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        self = try decoder.choice(
            words: [Self.platformWord: .platform, Self.sellersWord: .sellers]
        ) { (key: CodingKeys, container) in
            .shared(sellers: try container.read(key, as: Parts.self).sellers)
        }
    }

    /// Encodes the word `"platform"` or `"sellers"`, or what sellers bear: `{"shared": {"sellers": "50%"}}`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .platform: try encoder.write(word: Self.platformWord)
        case .sellers: try encoder.write(word: Self.sellersWord)
        case .shared(let part): try encoder.write(Parts(sellers: part), as: CodingKeys.shared)
        }
    }

    private struct Parts: Codable {
        let sellers: Percentage

        enum CodingKeys: String, CodingKey, CaseIterable {
            case sellers
        }

        init(sellers: Percentage) {
            self.sellers = sellers
        }

        init(from decoder: any Decoder) throws {
            sellers = try decoder.fields(CodingKeys.self).written(.sellers)
        }
    }
}
