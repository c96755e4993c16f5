public import MarketplaceDomain
public import MarketplaceStorage

/// Which products a page lists, the newest first.
public enum ProductListingFilter: Sendable, Hashable {
    /// All of that status.
    case all(ProductStatus)
    /// Those of a seller, whatever their status.
    case seller(SellerID)
    /// Those of a seller and of that status.
    case sellerStatus(SellerID, ProductStatus)
    /// Those of that status that stand in a category itself; those below it are found by searching.
    case category(CategoryID, ProductStatus)

    func query(limit: Int) -> DocumentQuery {
        let (index, prefix): (String, [IndexValue]) =
            switch self {
            case .all(let status): (ProductListing.statusIndex, [.text(status.rawValue)])
            case .seller(let seller): (ProductListing.sellerIndex, [.id(seller)])
            case .sellerStatus(let seller, let status):
                (ProductListing.sellerStatusIndex, [.id(seller), .text(status.rawValue)])
            case .category(let category, let status):
                (ProductListing.categoryIndex, [.id(category), .text(status.rawValue)])
            }
        return .indexed(CatalogKeySpace.products, by: index, prefix: prefix, descending: true, limit: limit)
    }
}

/// A page of products.
public struct ProductListings: Sendable, Hashable {
    /// The products.
    public let products: [ProductListing]
    /// Where to read on; nil on the last page.
    public let next: DocumentCursor?
}
