#if SQLite
import MarketplaceCore
import MarketplaceStorage

/// What one batch knows and changes of one namespace, until it is written at the end of the batch.
///
/// Counters, versions and fencing tokens are kept here, so that a thousand callers of one counter read and write one
/// row together. The state is of this batch alone: the next one reads anew what other processes may have changed.
final class SQLiteNamespaceBatch {
    /// A stream's row; an id of 0 stands for none.
    struct Stream {
        var id: Int64
        var version: StreamVersion
        var isChanged = false
    }

    /// A value with whether it differs from what is stored; nil for none.
    struct Slot<Value> {
        var value: Value?
        var isChanged = false
    }

    let id: Int64
    var position: UInt64 { didSet { isChanged = true } }
    var revision: Int64 { didSet { isChanged = true } }
    private(set) var isChanged = false
    var streams = SQLiteKnownRows<StreamID, Stream>()
    var counters = SQLiteKnownRows<CounterKey, Slot<Int64>>()
    var fences = SQLiteKnownRows<FenceKey, Slot<FencingToken>>()
    /// The revisions of documents that guards have asked for, nil for one that is not there.
    ///
    /// A thousand callers who require the same one read it together; whoever writes or deletes it takes it out.
    var guarded: [DocumentKey: DocumentRevision?] = [:]

    init(id: Int64, position: UInt64, revision: Int64) {
        self.id = id
        self.position = position
        self.revision = revision
    }
}
#endif
