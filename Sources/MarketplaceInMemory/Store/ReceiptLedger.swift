import MarketplaceCore
import MarketplaceStorage

/// The receipts of committed transactions, kept for a while so that a repetition is recognised.
struct ReceiptLedger {
    private struct Entry {
        let digest: ContentDigest.Value
        let receipt: CommitReceipt
        /// When it may be forgotten.
        let due: Timestamp
    }

    private let retention: Duration
    /// In the order of commits; nil where it was forgotten.
    private var entries: [Entry?] = []
    /// How many entries were before the first of ``entries``, and are gone.
    private var closedUp = 0
    /// The first one, by its place in ``entries``, that is not forgotten yet.
    private var oldest = 0
    /// The number of each entry since the first one ever.
    ///
    /// Receipts stay out of the table, because it is copied whenever it grows.
    private var numbers: [TransactionID: Int] = [:]

    init(retention: Duration) {
        self.retention = retention
    }

    /// The first receipt of that transaction; nil when it is new or its id is forgotten by `now`.
    mutating func receipt(
        of id: TransactionID,
        digest: ContentDigest.Value,
        now: Timestamp
    ) throws(StoreConflict) -> CommitReceipt? {
        forget(until: now)
        guard let number = numbers[id], let entry = entries[number - closedUp] else { return nil }
        guard entry.digest == digest else { throw .transactionReused(id) }
        return entry.receipt
    }

    mutating func remember(_ receipt: CommitReceipt, digest: ContentDigest.Value, now: Timestamp) {
        numbers[receipt.transaction] = closedUp + entries.count
        entries.append(Entry(digest: digest, receipt: receipt, due: now.advanced(by: retention)))
    }

    private mutating func forget(until now: Timestamp) {
        while oldest < entries.count, let entry = entries[oldest], entry.due <= now {
            numbers[entry.receipt.transaction] = nil
            entries[oldest] = nil
            oldest += 1
        }
        // Closing up only when half is gone keeps the cost per commit constant.
        if oldest > entries.count / 2 {
            entries.removeFirst(oldest)
            closedUp += oldest
            oldest = 0
        }
    }
}
