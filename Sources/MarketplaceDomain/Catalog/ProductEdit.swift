/// What is to change of how a product is described; nil leaves a part as it is.
///
/// Lists replace what was there.
public struct ProductEdit: Sendable, Hashable {
    /// The title.
    public var title: String?
    /// The description.
    public var description: String?
    /// What buyers choose between; what variants stand for must stay on offer.
    public var options: [ProductOption]?
    /// Where it stands in the catalogue, the main category first.
    public var categories: [CategoryID]?
    /// What buyers filter by.
    public var attributes: [ProductAttribute]?
    /// Pictures, in the order of display.
    public var media: [ProductMedia]?

    /// Makes an edit.
    public init(
        title: String? = nil,
        description: String? = nil,
        options: [ProductOption]? = nil,
        categories: [CategoryID]? = nil,
        attributes: [ProductAttribute]? = nil,
        media: [ProductMedia]? = nil
    ) {
        self.title = title
        self.description = description
        self.options = options
        self.categories = categories
        self.attributes = attributes
        self.media = media
    }
}
