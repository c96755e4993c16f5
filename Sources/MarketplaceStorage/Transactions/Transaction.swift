public import MarketplaceCore

/// Names one transaction, chosen by the caller.
public typealias TransactionID = Identifier<Transaction>

/// What a store is asked to apply as a whole or not at all.
///
/// A transaction is built up and then committed:
///
/// ```swift
/// var transaction = Transaction(id: identifiers.next(), time: clock.now)
/// transaction.append([created], to: StreamID("order", "4711"), expecting: .none)
/// transaction.add(-2, to: "stock/espresso", floor: 0)
/// let receipt = try await store.commit(transaction)
/// ```
///
/// Every document and counter occurs at most once, and every stream once among the appends and once among the trims:
/// a second addition to a counter is added to the first. Guards, bounds and expected versions are all checked against
/// the state before the transaction; trims come after appends.
public struct Transaction: Sendable, Hashable {
    /// The id: committing the same transaction again returns the first receipt.
    public let id: TransactionID
    /// The wall-clock time that is recorded with the events.
    public let time: Timestamp
    /// Whether the store looks the id up and keeps it, so that a repetition returns the first receipt.
    ///
    /// A transaction that expects an exact version of a stream cannot be applied twice anyway; one that says so here
    /// saves the store the memory of its id. Repeating it is a conflict, and whether it was applied is told by whether
    /// its first event is recorded.
    public let isRemembered: Bool

    /// What must be true of the store for the transaction to be applied.
    public private(set) var guards: [TransactionGuard] = []
    /// The events to append, a stream each.
    public private(set) var appends: [StreamAppend] = []
    /// The documents to write.
    public private(set) var writes: [DocumentWrite] = []
    /// The documents to delete.
    public private(set) var deletes: [DocumentDelete] = []
    /// What to add to counters.
    public private(set) var counterAdds: [CounterAdd] = []
    /// The counters to delete.
    public private(set) var counterDeletes: [CounterKey] = []
    /// The streams to shorten.
    public private(set) var trims: [StreamTrim] = []

    /// An empty transaction of that id and time, remembered unless told otherwise.
    public init(id: TransactionID, time: Timestamp, isRemembered: Bool = true) {
        self.id = id
        self.time = time
        self.isRemembered = isRemembered
    }

    /// Requires something of the store.
    public mutating func require(_ requirement: TransactionGuard) {
        guards.append(requirement)
    }

    /// Appends events to a stream; nothing when there are none.
    public mutating func append(_ events: [EventDraft], to stream: StreamID, expecting version: ExpectedVersion) {
        guard !events.isEmpty else { return }
        appends.append(StreamAppend(stream: stream, expected: version, events: events))
    }

    /// Writes a document.
    public mutating func write(_ write: DocumentWrite) {
        writes.append(write)
    }

    /// Deletes a document.
    public mutating func delete(_ key: DocumentKey, expecting revision: ExpectedRevision = .any) {
        deletes.append(DocumentDelete(key: key, expected: revision))
    }

    /// Adds `delta` to a counter, which must not fall below `floor` nor rise above `ceiling`.
    ///
    /// Adding to a counter a second time sums the deltas and keeps the narrower bounds. The bound is checked only in
    /// the direction of the move: taking from a counter that is already above its ceiling is allowed.
    public mutating func add(_ delta: Int64, to key: CounterKey, floor: Int64? = nil, ceiling: Int64? = nil) {
        let addition = CounterAdd(key: key, delta: delta, floor: floor, ceiling: ceiling)
        if let index = counterAdds.firstIndex(where: { $0.key == key }),
            let merged = counterAdds[index].merged(with: addition)
        {
            counterAdds[index] = merged
        } else {
            counterAdds.append(addition)
        }
    }

    /// Deletes a counter, whatever its value: reading it gives 0 afterwards.
    public mutating func deleteCounter(_ key: CounterKey) {
        counterDeletes.append(key)
    }

    /// Shortens a stream.
    public mutating func trim(_ trim: StreamTrim) {
        trims.append(trim)
    }

    /// How many parts it has: guards, events, documents, counters and trims.
    public var partCount: Int {
        guards.count + appends.reduce(0) { $0 + $1.events.count } + writes.count + deletes.count
            + counterAdds.count + counterDeletes.count + trims.count
    }

    /// Whether it would change nothing and require nothing.
    public var isEmpty: Bool { partCount == 0 }
}
