/// Which list of a product is meant, with the most entries it may have.
public enum ProductPart: String, Sendable, Hashable, CaseIterable {
    /// The options.
    case options
    /// The values of one option.
    case values
    /// The categories.
    case categories
    /// The attributes.
    case attributes
    /// The pictures.
    case media
    /// The prices of one variant by group, quantity and time.
    case tiers

    /// The most entries.
    ///
    /// Three options are what shops show and feeds take over (Shopify: 3); an option has as many values as there may be
    /// variants; each category is an index entry, of which a document has 16 in all; with the other bounds the stored
    /// form of a product stays below 1 MiB, whatever it says.
    public var maximumCount: Int {
        switch self {
        case .options: 3
        case .values: Product.maximumVariants
        case .categories: 10
        case .attributes: 50
        case .media: 25
        case .tiers: 12
        }
    }
}
