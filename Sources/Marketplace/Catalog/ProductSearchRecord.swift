public import MarketplaceCore
public import MarketplaceDomain

/// A product as a search finds it: what an index makes a document of.
public struct ProductSearchRecord: Sendable, Hashable, Codable {
    /// The product.
    public let productID: ProductID
    /// A number that rises with every change of the record.
    public internal(set) var revision: Int64
    /// Whether it is to be found; an index forgets a product that is not on sale.
    public let isListed: Bool
    /// The title.
    public let title: String
    /// The description and the texts of the attributes, a line each.
    public let text: String
    /// The categories it stands in, with all that they stand under; each once, in the order of their ids.
    public let categories: [CategoryID]
    /// What buyers filter by.
    public let attributes: [ProductAttribute]
    /// What buyers choose between; only the values that a variant has.
    public let options: [ProductOption]
    /// The SKUs of its variants.
    public let skus: [SKU]
    /// The lowest of the variants' own prices; nil without variants.
    public let minimumPrice: Money?
    /// The highest of the variants' own prices; nil without variants.
    public let maximumPrice: Money?
    /// Whether units of a variant are on hand and promised to nobody.
    public let isInStock: Bool
    /// Whose it is.
    public let sellerID: SellerID
    /// The sum of the stars of its published reviews.
    public let ratingSum: Int64
    /// How many published reviews it has.
    public let ratingCount: Int64
    /// The units of confirmed orders that were not called off.
    public let unitsSold: Int64
    /// When it was made.
    public let createdAt: Timestamp

    /// The exact average of its stars; nil without reviews.
    public var rating: Ratio? { try? Ratio(ratingSum, over: ratingCount) }

    /// The average in thousandths of a star, half up, for sorting; 0 without reviews.
    public var ratingThousandths: Int64 {
        guard ratingCount > 0 else { return 0 }
        return Int64(clamping: (Int128(ratingSum) * 2_000 + Int128(ratingCount)) / (Int128(ratingCount) * 2))
    }

    /// The record of a product as it is listed.
    ///
    /// - Parameters:
    ///   - listing: The product.
    ///   - categories: Its categories with all that they stand under.
    ///   - isInStock: Whether units of a variant are free.
    ///   - statistics: Its stars and sales.
    ///   - revision: The number of the record.
    init(
        _ listing: ProductListing,
        categories: Set<CategoryID>,
        isInStock: Bool,
        statistics: ProductStatistics,
        revision: Int64
    ) {
        productID = listing.id
        self.revision = revision
        isListed = listing.status == .active
        title = listing.title
        text = ([listing.description] + listing.attributes.compactMap(\.searchText)).joined(separator: "\n")
        self.categories = categories.sorted()
        attributes = listing.attributes
        let variants = listing.variants.map(\.variant)
        let choices = Set(variants.flatMap(\.choices))
        options = listing.options.map { option in
            ProductOption(
                option.name,
                values: option.values.filter { choices.contains(VariantChoice(option.name, $0)) }
            )
        }
        skus = variants.map(\.sku)
        // All variants are priced in one currency.
        let prices = variants.map(\.price)
        minimumPrice = prices.min { $0.minorUnits < $1.minorUnits }
        maximumPrice = prices.max { $0.minorUnits < $1.minorUnits }
        self.isInStock = isInStock
        sellerID = listing.sellerID
        ratingSum = statistics.ratings.sum
        ratingCount = statistics.ratings.count
        unitsSold = statistics.unitsSold
        createdAt = listing.createdAt
    }
}

extension ProductAttribute {
    fileprivate var searchText: String? {
        switch value {
        case .text(let text), .choice(let text): text
        case .number, .boolean: nil
        }
    }
}
