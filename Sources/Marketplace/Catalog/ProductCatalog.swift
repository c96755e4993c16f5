import MarketplaceCore
import MarketplaceDomain
package import MarketplaceStorage

/// What is for sale: products with their variants and prices, and the tree of categories they stand in.
///
/// ```swift
/// let catalog = ProductCatalog(in: environment)
/// try await catalog.create(id, of: seller, title: "Tea pot", by: .seller(seller), key: "create-1")
/// let line = try await catalog.line(for: CatalogLineRequest("pot-red", .one))  // priced by the catalogue
/// ```
///
/// What is read here is written in the same commit as the events, so whoever has made a change reads it. A SKU is
/// unique in the marketplace from the moment a variant takes it until it takes another; archiving keeps it, because
/// orders and returns still name it. A draft is read by its seller, operators and the system alone.
public struct ProductCatalog: Sendable {
    /// The most entries of one page of a list.
    public static let maximumPageSize = 200

    let environment: ServiceEnvironment
    let products: Repository<Product>
    let trees: Repository<CategoryTree>

    /// The catalogue that the environment's store keeps.
    public init(in environment: ServiceEnvironment) {
        self.environment = environment
        products = environment.repository()
        trees = environment.repository()
    }
}

extension ProductCatalog: StoreService {
    package typealias Failure = CatalogError

    package var store: any Store { environment.store }
    package var codec: any PayloadCodec { environment.codec }
    /// Each lost race means that another command of the same product, or of the tree, was recorded.
    package var maximumAttempts: Int { 16 }

    static func clamped(_ limit: Int) -> Int { min(max(limit, 1), maximumPageSize) }
}
