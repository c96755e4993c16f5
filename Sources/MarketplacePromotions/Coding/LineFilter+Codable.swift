extension LineFilter: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case all
        case any
        case not
        case lines
        case skus
        case products
        case categories
        case sellers
        case attribute
        case unitPrice
        case lineQuantity
    }

    private static let everyWord = "every"
    private static let alreadyDiscountedWord = "already_discounted"

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        self = try decoder.choice(
            words: [Self.everyWord: .every, Self.alreadyDiscountedWord: .alreadyDiscounted]
        ) { (key: CodingKeys, container) in
            switch key {
            case .all: .all(try container.read(key))
            case .any: .any(try container.read(key))
            case .not: .not(try container.read(key))
            case .lines: .lines(try container.read(key))
            case .skus: .skus(try container.read(key))
            case .products: .products(try container.read(key))
            case .categories: .categories(try container.read(key))
            case .sellers: .sellers(try container.read(key))
            case .attribute: Self.attribute(try container.read(key))
            case .unitPrice: .unitPrice(try container.read(key))
            case .lineQuantity: .lineQuantity(try container.read(key))
            }
        }
    }

    private static func attribute(_ condition: PromotionBenefit.AttributeCondition) -> LineFilter {
        .attribute(condition.name, condition.test)
    }

    /// Encodes a word, `"every"` or `"already_discounted"`, or an object with one key:
    /// `{"categories": ["shoes"]}`, `{"not": {"sellers": ["acme"]}}`, `{"unitPrice": {"atLeast": "10.00 USD"}}`,
    /// `{"attribute": {"name": "colour", "anyOf": ["red"]}}`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .every: try encoder.write(word: Self.everyWord)
        case .alreadyDiscounted: try encoder.write(word: Self.alreadyDiscountedWord)
        case .all(let filters): try encoder.write(filters, as: CodingKeys.all)
        case .any(let filters): try encoder.write(filters, as: CodingKeys.any)
        case .not(let filter): try encoder.write(filter, as: CodingKeys.not)
        case .lines(let ids): try encoder.write(ids, as: CodingKeys.lines)
        case .skus(let skus): try encoder.write(skus, as: CodingKeys.skus)
        case .products(let products): try encoder.write(products, as: CodingKeys.products)
        case .categories(let categories): try encoder.write(categories, as: CodingKeys.categories)
        case .sellers(let sellers): try encoder.write(sellers, as: CodingKeys.sellers)
        case .attribute(let name, let test):
            try encoder.write(PromotionBenefit.AttributeCondition(name, test), as: CodingKeys.attribute)
        case .unitPrice(let range): try encoder.write(range, as: CodingKeys.unitPrice)
        case .lineQuantity(let range): try encoder.write(range, as: CodingKeys.lineQuantity)
        }
    }
}
