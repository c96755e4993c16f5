/// One page of documents.
public struct DocumentSlice: Hashable, Sendable {
    /// The documents, in the order of the query.
    public let documents: [StoredDocument]
    /// Where to read on; nil when this was the last page.
    public let next: DocumentCursor?

    /// Makes a page; for adapters.
    public init(documents: [StoredDocument], next: DocumentCursor?) {
        self.documents = documents
        self.next = next
    }
}
