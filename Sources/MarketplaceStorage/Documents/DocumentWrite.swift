/// A document to write, in place of what was stored under its key.
public struct DocumentWrite: Hashable, Sendable {
    /// The document.
    public let key: DocumentKey
    /// What must be stored under the key now.
    public let expected: ExpectedRevision
    /// The encoded body.
    public let body: [UInt8]
    /// The index entries, in place of all earlier ones.
    public let indexEntries: [IndexEntry]
    /// The unique keys it holds from now on, in place of all earlier ones.
    public let uniqueKeys: [UniqueKey]

    /// Makes a write.
    public init(
        _ key: DocumentKey,
        body: [UInt8],
        expecting expected: ExpectedRevision = .any,
        indexEntries: [IndexEntry] = [],
        uniqueKeys: [UniqueKey] = []
    ) {
        self.key = key
        self.expected = expected
        self.body = body
        self.indexEntries = indexEntries
        self.uniqueKeys = uniqueKeys
    }
}
