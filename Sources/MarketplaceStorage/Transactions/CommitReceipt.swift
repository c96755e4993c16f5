/// What a committed transaction did.
///
/// The lists run parallel to those of the transaction.
public struct CommitReceipt: Hashable, Sendable {
    /// The transaction.
    public let transaction: TransactionID
    /// A position that lies at or after every event of the transaction in the feed.
    public let position: FeedPosition
    /// The version of each appended stream after its last event.
    public let versions: [StreamVersion]
    /// The revision of each written document.
    public let revisions: [DocumentRevision]
    /// The value of each counter that was added to.
    public let counters: [Int64]

    /// Makes a receipt; for adapters.
    public init(
        transaction: TransactionID,
        position: FeedPosition,
        versions: [StreamVersion],
        revisions: [DocumentRevision],
        counters: [Int64]
    ) {
        self.transaction = transaction
        self.position = position
        self.versions = versions
        self.revisions = revisions
        self.counters = counters
    }
}
