/// A document as a store keeps it.
public struct StoredDocument: Hashable, Sendable {
    /// The document.
    public let key: DocumentKey
    /// Its revision.
    public let revision: DocumentRevision
    /// The encoded body.
    public let body: [UInt8]

    /// Makes a document; for adapters.
    public init(key: DocumentKey, revision: DocumentRevision, body: [UInt8]) {
        self.key = key
        self.revision = revision
        self.body = body
    }
}
