/// What must be true of the store for a transaction to be applied.
public enum TransactionGuard: Hashable, Sendable {
    /// The stream is at exactly this version.
    case stream(StreamID, at: StreamVersion)
    /// The document is at exactly this revision, or absent when nil.
    case document(DocumentKey, at: DocumentRevision?)
    /// No higher fencing token of that key has been seen; this one is remembered as seen.
    case fence(FenceKey, FencingToken)
}
