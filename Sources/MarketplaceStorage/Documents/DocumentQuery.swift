/// Which documents of a collection a reader wants, and in which order.
///
/// With an index, the documents that have an entry in it come in the order of that entry; without one, all documents
/// come in the order of their ids. Ties are ordered by id.
public struct DocumentQuery: Hashable, Sendable {
    /// The collection.
    public let collection: DocumentCollection
    /// The index; nil for the order of ids.
    public let index: String?
    /// The values the entry must begin with.
    public let prefix: [IndexValue]
    /// The least the value after the prefix may be.
    public let lowerBound: IndexValue?
    /// The most the value after the prefix may be.
    public let upperBound: IndexValue?
    /// Whether the last in order comes first.
    public let isDescending: Bool
    /// The most documents of one page.
    public let limit: Int
    /// Where the page before this one ended.
    public let cursor: DocumentCursor?

    private init(
        collection: DocumentCollection,
        index: String?,
        prefix: [IndexValue],
        lowerBound: IndexValue?,
        upperBound: IndexValue?,
        isDescending: Bool,
        limit: Int,
        cursor: DocumentCursor?
    ) {
        self.collection = collection
        self.index = index
        self.prefix = prefix
        self.lowerBound = lowerBound
        self.upperBound = upperBound
        self.isDescending = isDescending
        self.limit = limit
        self.cursor = cursor
    }

    /// All documents of a collection, in the order of their ids.
    public static func all(of collection: DocumentCollection, limit: Int) -> DocumentQuery {
        DocumentQuery(
            collection: collection,
            index: nil,
            prefix: [],
            lowerBound: nil,
            upperBound: nil,
            isDescending: false,
            limit: limit,
            cursor: nil
        )
    }

    /// The documents whose entry in `index` begins with `prefix` and goes on with a value within the bounds.
    public static func indexed(
        _ collection: DocumentCollection,
        by index: String,
        prefix: [IndexValue] = [],
        atLeast lowerBound: IndexValue? = nil,
        atMost upperBound: IndexValue? = nil,
        descending isDescending: Bool = false,
        limit: Int
    ) -> DocumentQuery {
        DocumentQuery(
            collection: collection,
            index: index,
            prefix: prefix,
            lowerBound: lowerBound,
            upperBound: upperBound,
            isDescending: isDescending,
            limit: limit,
            cursor: nil
        )
    }

    /// The same query, read on from where a page ended.
    public func continued(from cursor: DocumentCursor) -> DocumentQuery {
        DocumentQuery(
            collection: collection,
            index: index,
            prefix: prefix,
            lowerBound: lowerBound,
            upperBound: upperBound,
            isDescending: isDescending,
            limit: limit,
            cursor: cursor
        )
    }
}
