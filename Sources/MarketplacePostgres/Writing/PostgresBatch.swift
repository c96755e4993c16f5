import MarketplaceCore
import MarketplaceStorage

/// The commits of one transaction of the server: decided one after the other on what was read of all of them together,
/// then written together.
///
/// A value that knows no server. One that is refused has changed nothing here, and those before and after it do not
/// notice; what a thousand callers add to one counter is one row in the end.
struct PostgresBatch {
    /// How many bits of a stamp number what one transaction of the server makes.
    static let stampBits: Int64 = 20

    /// A stream as it is now; `stored` is its row's version, nil where there is none.
    struct StreamSlot {
        var id: Int64?
        var version = StreamVersion.none
        var isChanged = false
        /// Whether events of this very batch are in it.
        var hasPending = false
    }

    /// A value with whether it differs from what is stored; nil for none.
    struct Slot<Value: Sendable> {
        var value: Value?
        var isChanged = false
    }

    /// A document as it is stored and as it is now.
    struct DocumentSlot {
        var stored: PostgresDocumentState?
        var number: Int64?
        /// Nil when there is none.
        var revision: DocumentRevision?
        var uniqueKeys: [UniqueKey] = []
        /// What is to be stored in its place; nil with `isChanged` for a deletion.
        var write: DocumentWrite?
        var isChanged = false
    }

    /// Who holds a unique key; `releasedBy` is the number of the first document that gave it up in this batch, for only
    /// that one can be the holder that is stored.
    struct UniqueSlot {
        var holder: DocumentKey?
        var releasedBy: Int64?
        var isChanged = false
    }

    /// An event to be written.
    struct PendingEvent {
        let namespace: Int64
        let isJournal: Bool
        let number: Int64
        let stream: Int64
        let version: StreamVersion
        let transaction: Transaction
        let draft: EventDraft
    }

    /// The turn of a batch that is decided before its transaction has a number.
    ///
    /// Its stamps say only what they are within the turn, and are below all others: the turn is added where they are
    /// written, and to what callers are told.
    static let noTurn: Int64 = 0

    /// The number of the transaction, as the feed orders by it.
    let turn: Int64
    let retention: Duration
    let registry: PostgresRegistry.Known
    var streams: [Scoped<StreamID>: StreamSlot] = [:]
    var documents: [Scoped<DocumentKey>: DocumentSlot] = [:]
    var uniques: [Scoped<UniqueKey>: UniqueSlot] = [:]
    var counters: [Scoped<CounterKey>: Slot<Int64>] = [:]
    var fences: [Scoped<FenceKey>: Slot<FencingToken>] = [:]
    var receipts: [Scoped<TransactionID>: ReceiptSlot] = [:]
    var events: [PendingEvent] = []
    /// Streams whose stored events before a version go, and those of which everything goes.
    var trims: [Int64: StreamVersion] = [:]
    var removedStreams: [Int64] = []
    /// The namespaces that have new events.
    private(set) var changedNamespaces: Set<StoreNamespace> = []
    private var lastEvent: Int64 = 0
    private var lastStamp: Int64 = 0
    /// Whether anything has to be written.
    private(set) var isChanged = false

    init(turn: Int64, retention: Duration, registry: PostgresRegistry.Known) {
        self.turn = turn
        self.retention = retention
        self.registry = registry
    }

    /// A number that no other document, revision or stream has had, and that rises from one writer of a key to the next.
    private mutating func nextStamp() -> Int64 {
        lastStamp += 1
        return turn << Self.stampBits | lastStamp
    }

    /// Decides one caller's transaction.
    mutating func commit(_ request: GroupCommitRequest) -> GroupCommitOutcome {
        let namespace = registry.namespace(request.namespace)
        let transaction = request.transaction
        if transaction.isRemembered, let known = receipts[Scoped(namespace, transaction.id)],
            known.due > request.now.microsecondsSinceEpoch
        {
            guard known.digest == request.digest.bits else {
                return .failure(.conflict(.transactionReused(transaction.id)))
            }
            return .success(known.receipt)
        }
        let values: [Int64]
        do throws(StoreConflict) {
            values = try check(transaction, in: namespace)
        } catch {
            return .failure(.conflict(error))
        }
        let receipt = apply(transaction, counters: values, in: request.namespace, namespace)
        if transaction.isRemembered {
            receipts[Scoped(namespace, transaction.id)] = ReceiptSlot(
                digest: request.digest.bits,
                receipt: receipt,
                due: request.now.advanced(by: retention).microsecondsSinceEpoch,
                isChanged: true
            )
        }
        isChanged = true
        return .success(receipt)
    }

    private mutating func apply(
        _ transaction: Transaction,
        counters values: [Int64],
        in name: StoreNamespace,
        _ namespace: Int64
    ) -> CommitReceipt {
        for case .fence(let key, let token) in transaction.guards {
            let slot = Scoped(namespace, key)
            // Of two tokens of one key the higher counts, whichever comes first.
            guard fences[slot]?.value.map({ $0 < token }) ?? true else { continue }
            fences[slot] = Slot(value: token, isChanged: true)
        }
        if !transaction.appends.isEmpty { changedNamespaces.insert(name) }
        let versions = transaction.appends.map { append($0, of: transaction, in: namespace) }
        for trim in transaction.trims { apply(trim, in: namespace) }
        for delete in transaction.deletes { release(delete.key, in: namespace, isDeleted: true) }
        // All old keys are given up before new ones are taken, so that two documents can exchange theirs.
        for write in transaction.writes { release(write.key, in: namespace, isDeleted: false) }
        let revisions = transaction.writes.map { apply($0, in: namespace) }
        for (add, value) in zip(transaction.counterAdds, values) {
            counters[Scoped(namespace, add.key)] = Slot(value: value, isChanged: true)
        }
        for key in transaction.counterDeletes {
            counters[Scoped(namespace, key)] = Slot(value: nil, isChanged: true)
        }
        return CommitReceipt(
            transaction: transaction.id,
            position: position(lastEvent),
            versions: versions,
            revisions: revisions,
            counters: values
        )
    }

    private func position(_ number: Int64) -> FeedPosition {
        FeedPosition(major: UInt64(clamping: turn), minor: UInt64(clamping: number))
    }

    private mutating func append(
        _ append: StreamAppend,
        of transaction: Transaction,
        in namespace: Int64
    ) -> StreamVersion {
        let key = Scoped(namespace, append.stream)
        var slot = streams[key] ?? StreamSlot()
        let id = slot.id ?? nextStamp()
        let first = slot.version
        let isJournal = append.stream.category.isJournal
        for (offset, draft) in append.events.enumerated() {
            lastEvent += 1
            events.append(
                PendingEvent(
                    namespace: namespace,
                    isJournal: isJournal,
                    number: lastEvent,
                    stream: id,
                    version: first.advanced(by: offset + 1),
                    transaction: transaction,
                    draft: draft
                )
            )
        }
        slot.id = id
        slot.version = first.advanced(by: append.events.count)
        slot.isChanged = true
        slot.hasPending = true
        streams[key] = slot
        return slot.version
    }

    private mutating func apply(_ trim: StreamTrim, in namespace: Int64) {
        let key = Scoped(namespace, trim.stream)
        guard var slot = streams[key], let id = slot.id else { return }
        switch trim {
        case .before(let version, _):
            trims[id] = max(trims[id] ?? .none, version)
            if slot.hasPending { events.removeAll { $0.stream == id && $0.version < version } }
        case .whole:
            removedStreams.append(id)
            trims[id] = nil
            if slot.hasPending { events.removeAll { $0.stream == id } }
            slot = StreamSlot()
        }
        streams[key] = slot
    }

    /// Gives up the unique keys of a document that is deleted or written anew.
    private mutating func release(_ key: DocumentKey, in namespace: Int64, isDeleted: Bool) {
        guard var slot = documents[Scoped(namespace, key)], slot.revision != nil else { return }
        for unique in slot.uniqueKeys {
            let place = Scoped(namespace, unique)
            var held = uniques[place] ?? UniqueSlot(holder: key)
            guard held.holder == key else { continue }
            held.holder = nil
            held.releasedBy = held.releasedBy ?? slot.number
            held.isChanged = true
            uniques[place] = held
        }
        slot.uniqueKeys = []
        if isDeleted {
            slot.revision = nil
            slot.write = nil
        }
        slot.isChanged = true
        documents[Scoped(namespace, key)] = slot
    }

    private mutating func apply(_ write: DocumentWrite, in namespace: Int64) -> DocumentRevision {
        let place = Scoped(namespace, write.key)
        var slot = documents[place] ?? DocumentSlot()
        let revision = DocumentRevision(nextStamp())
        slot.number = slot.number ?? revision.value
        slot.revision = revision
        slot.write = write
        slot.uniqueKeys = write.uniqueKeys
        slot.isChanged = true
        documents[place] = slot
        for unique in write.uniqueKeys {
            uniques[Scoped(namespace, unique), default: UniqueSlot()].holder = write.key
            uniques[Scoped(namespace, unique)]?.isChanged = true
        }
        return revision
    }
}
