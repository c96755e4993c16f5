public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

/// A product as the catalogue shows it.
public struct ProductListing: Sendable, Hashable, Codable {
    /// A variant as the catalogue shows it.
    public struct Variant: Sendable, Hashable, Codable {
        /// The variant.
        public let variant: ProductVariant
        /// The lowest price of the 30 days before the price of now, when that is a reduction; see
        /// ``PriceHistory/priorPrice``.
        public let priorPrice: Money?
    }

    /// What names it.
    public let id: ProductID
    /// Whose it is.
    public let sellerID: SellerID
    /// Where it is in its life.
    public let status: ProductStatus
    /// The title.
    public let title: String
    /// The description.
    public let description: String
    /// What buyers choose between.
    public let options: [ProductOption]
    /// Where it stands in the catalogue, the main category first.
    public let categories: [CategoryID]
    /// What buyers filter by.
    public let attributes: [ProductAttribute]
    /// Pictures, in the order of display.
    public let media: [ProductMedia]
    /// The variants, in the order in which they were added.
    public let variants: [Variant]
    /// When it was made.
    public let createdAt: Timestamp
    /// When it was last changed.
    public let updatedAt: Timestamp

    /// The variant that is kept under that SKU.
    public func variant(_ sku: SKU) -> Variant? {
        variants.first { $0.variant.sku == sku }
    }

    /// The product of an aggregate that was made; nil before.
    init?(_ product: Product, at time: Timestamp) {
        guard let id = product.id, let sellerID = product.sellerID, let status = product.status,
            let createdAt = product.createdAt
        else { return nil }
        self.id = id
        self.sellerID = sellerID
        self.status = status
        title = product.title
        description = product.productDescription
        options = product.options
        categories = product.categories
        attributes = product.attributes
        media = product.media
        variants = product.variants.map { variant in
            Variant(variant: variant, priorPrice: product.priceHistory(of: variant.id).priorPrice)
        }
        self.createdAt = createdAt
        updatedAt = time
    }

    static let sellerIndex = "seller"
    static let sellerStatusIndex = "seller-status"
    static let statusIndex = "status"
    static let categoryIndex = "category"

    /// What it is found by.
    ///
    /// The time does not change, so that a page never skips or repeats a product that was edited.
    var indexEntries: [IndexEntry] {
        let (seller, status, time) = (
            IndexValue.id(sellerID), IndexValue.text(status.rawValue), IndexValue.time(createdAt)
        )
        return [
            IndexEntry(Self.sellerIndex, seller, time),
            IndexEntry(Self.sellerStatusIndex, seller, status, time),
            IndexEntry(Self.statusIndex, status, time),
        ] + categories.map { IndexEntry(Self.categoryIndex, .id($0), status, time) }
    }
}

extension IndexValue {
    static func id<Subject>(_ id: Identifier<Subject>) -> IndexValue { .text(id.description) }
}
