#if SQLite
import MarketplaceCore
import MarketplaceStorage

/// How one caller's commit ended.
typealias SQLiteCommitOutcome = Result<CommitReceipt, StoreError>

/// What one caller wants to have committed.
struct SQLiteCommitRequest: Sendable {
    let namespace: TextKey<SQLiteDatabase.NamespaceSubject>
    let transaction: Transaction
    let digest: ContentDigest.Value
    /// The wall-clock time by which ids are forgotten.
    let now: Timestamp
}
#endif
