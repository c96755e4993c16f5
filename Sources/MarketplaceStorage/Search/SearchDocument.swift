public import MarketplaceCore

/// What can be found: texts, facets, numbers and flags under a key, at a revision.
///
/// A product has its name as the title, and as facets its seller, its attributes, and its category with all ancestors,
/// so that a search in a category finds the whole subtree.
public struct SearchDocument: Hashable, Sendable {
    /// The key.
    public var key: SearchKey
    /// The revision, which rises with every change: the version of the stream the document is made from, say.
    public var revision: DocumentRevision
    /// The text whose words count most.
    public var title: String
    /// The other text.
    public var body: String
    /// The values of each facet.
    public var facets: [SearchField: Set<SearchValue>]
    /// The numbers: prices in minor units by currency, ratings in thousandths, sales, times.
    public var numbers: [SearchField: Int64]
    /// The flags that are set.
    public var flags: Set<SearchField>

    /// Makes a document.
    public init(
        _ key: SearchKey,
        revision: DocumentRevision,
        title: String = "",
        body: String = "",
        facets: [SearchField: Set<SearchValue>] = [:],
        numbers: [SearchField: Int64] = [:],
        flags: Set<SearchField> = []
    ) {
        self.key = key
        self.revision = revision
        self.title = title
        self.body = body
        self.facets = facets
        self.numbers = numbers
        self.flags = flags
    }
}
