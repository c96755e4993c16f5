public import MarketplaceCore
public import MarketplaceDomain

/// Why the catalogue says no.
public enum CatalogRefusal: EffectStating, Hashable {
    /// The product refuses the command.
    case product(ProductRejection)
    /// The tree of categories refuses the command.
    case category(CategoryRejection)
    /// Another product has this SKU: it is unique in the marketplace.
    case skuTaken(SKU, by: ProductID)
    /// There is no such product.
    case unknownProduct(ProductID)
    /// No variant has this SKU.
    case unknownSKU(SKU)
    /// There is no such category.
    case unknownCategory(CategoryID)
    /// The category is out of use.
    case archivedCategory(CategoryID)
    /// The product's attributes are not as its categories define them: all that is wrong.
    case attributes([AttributeViolation])
    /// The product cannot be bought as it stands.
    case notOnSale(ProductID, ProductStatus)
    /// Nothing is asked for.
    case noLines
    /// More lines are asked for than an order has.
    case tooManyLines(count: Int, maximum: Int)
    /// The lines of one SKU together are too many units.
    case quantity(SKU, QuantityError)

    /// Nothing was changed, and the same call will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension CatalogRefusal: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .product(let rejection): rejection.description
        case .category(let rejection): rejection.description
        case .skuTaken(let sku, let product): "the product \(product) has the SKU \(sku) already"
        case .unknownProduct(let id): "there is no product \(id)"
        case .unknownSKU(let sku): "no variant has the SKU \(sku)"
        case .unknownCategory(let id): "there is no category \(id)"
        case .archivedCategory(let id): "the category \(id) is out of use"
        case .attributes(let violations): violations.map(\.description).joined(separator: "; ")
        case .notOnSale(let id, let status): "the product \(id) is \(status.rawValue), not on sale"
        case .noLines: "nothing is asked for"
        case .tooManyLines(let count, let maximum): "an order has at most \(maximum) lines, not \(count)"
        case .quantity(let sku, let error): "the units of \(sku): \(error)"
        }
    }
}
