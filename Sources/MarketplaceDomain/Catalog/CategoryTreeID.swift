public import MarketplaceCore

/// Names a tree of categories.
public typealias CategoryTreeID = Identifier<CategoryTree>

extension Identifier where Subject == CategoryTree {
    /// The tree of a marketplace that has one.
    public static let main = CategoryTreeID(bits: 0)
}
