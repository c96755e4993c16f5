public import MarketplaceDomain
public import MarketplaceStorage

/// A category as the catalogue shows it.
public struct CategoryListing: Sendable, Hashable, Codable {
    /// The category.
    public let category: ProductCategory
    /// What it stands under, from right above it to the top.
    public let ancestors: [CategoryID]

    static let parentIndex = "parent"
    static let ancestorIndex = "ancestor"

    /// What it is found by: its parent, an empty text at the top, and everything it stands under, itself included.
    var indexEntries: [IndexEntry] {
        let parent = category.parentID.map(IndexValue.id) ?? .text("")
        let above = ([category.id] + ancestors).map { IndexEntry(Self.ancestorIndex, .id($0)) }
        return [IndexEntry(Self.parentIndex, parent, .text(category.name))] + above
    }
}

/// A page of categories.
public struct CategoryListings: Sendable, Hashable {
    /// The categories.
    public let categories: [CategoryListing]
    /// Where to read on; nil on the last page.
    public let next: DocumentCursor?
}
