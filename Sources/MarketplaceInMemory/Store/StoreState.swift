import MarketplaceCore
import MarketplaceStorage

/// All that one namespace holds, as a value: the store puts it under one lock.
struct StoreState {
    /// A stream and the events of it that were not trimmed away.
    struct Stream {
        var version = StreamVersion.none
        var events: [RecordedEventBox] = []

        /// Records events from a position of the feed on, and returns the version they lead to.
        mutating func append(
            _ append: StreamAppend,
            of transaction: Transaction,
            at first: UInt64,
            to log: inout EventLog
        ) -> StreamVersion {
            var position = first
            for draft in append.events {
                version = version.advanced(by: 1)
                let event = RecordedEventBox(
                    RecordedEvent(
                        stream: append.stream,
                        version: version,
                        position: FeedPosition(minor: position),
                        time: transaction.time,
                        transaction: transaction.id,
                        draft: draft
                    )
                )
                events.append(event)
                log.append(event)
                position += 1
            }
            return version
        }
    }

    /// A document with what must be undone when it is written again.
    struct Document {
        var revision: DocumentRevision
        var body: [UInt8]
        var indexEntries: [IndexEntry]
        var uniqueKeys: [UniqueKey]
    }

    var streams: [StreamID: Stream] = [:]
    var businessEvents = EventLog()
    var journalEvents = EventLog()
    var lastPosition: UInt64 = 0
    var documents: [DocumentKey: Document] = [:]
    var indexes: [DocumentIndexKey: ChunkedSortedArray<DocumentIndexRow>] = [:]
    var uniqueKeys: [UniqueKey: DocumentKey] = [:]
    var counters: [CounterKey: Int64] = [:]
    var fences: [FenceKey: FencingToken] = [:]
    var receipts: ReceiptLedger
    /// The last revision given to any document, so that a deleted and rewritten one does not start again.
    var lastRevision: Int64 = 0

    init(receiptRetention: Duration) {
        receipts = ReceiptLedger(retention: receiptRetention)
    }

    /// The position after which everything is still to come.
    var head: FeedPosition { FeedPosition(minor: lastPosition) }
}
