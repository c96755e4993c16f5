import MarketplaceCore
import MarketplaceStorage

/// The receipts of committed transactions, kept for a while so that a repetition is recognised.
struct ReceiptLedger {
    private struct Entry {
        let digest: ContentDigest.Value
        let receipt: CommitReceipt
    }

    private let retention: Duration
    private var entries: [TransactionID: Entry] = [:]
    /// When each id falls due, in the order of commits; the part before `oldest` is already forgotten.
    private var due: [(time: Timestamp, id: TransactionID)] = []
    private var oldest = 0

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
        guard let entry = entries[id] else { return nil }
        guard entry.digest == digest else { throw .transactionReused(id) }
        return entry.receipt
    }

    mutating func remember(_ receipt: CommitReceipt, digest: ContentDigest.Value, now: Timestamp) {
        entries[receipt.transaction] = Entry(digest: digest, receipt: receipt)
        due.append((now.advanced(by: retention), receipt.transaction))
    }

    private mutating func forget(until now: Timestamp) {
        while oldest < due.count, due[oldest].time <= now {
            entries[due[oldest].id] = nil
            oldest += 1
        }
        // Closing up only when half is gone keeps the cost per commit constant.
        if oldest > due.count / 2 {
            due.removeFirst(oldest)
            oldest = 0
        }
    }
}
