/// A document to delete; there need not be one unless a revision is expected.
public struct DocumentDelete: Hashable, Sendable {
    /// The document.
    public let key: DocumentKey
    /// What must be stored under the key now.
    public let expected: ExpectedRevision
}
