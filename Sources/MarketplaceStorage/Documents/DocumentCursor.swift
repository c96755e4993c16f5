public import MarketplaceCore

/// Where a page of documents ended.
public struct DocumentCursor: Hashable, Sendable {
    /// The index values of the last document; empty in the order of ids.
    public let values: [IndexValue]
    /// The id of the last document.
    public let id: TextKey<DocumentSubject>

    /// Makes a cursor; for adapters.
    public init(values: [IndexValue], id: TextKey<DocumentSubject>) {
        self.values = values
        self.id = id
    }
}
