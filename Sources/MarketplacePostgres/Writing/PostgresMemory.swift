import MarketplaceCore
import MarketplaceStorage

/// What this process last knew of rows that it has read or written in batches: a forecast of what the next batch will
/// find, which is never relied on, for the server compares it under the locks.
///
/// Two generations of bounded size: what has not been used while the younger one filled up is forgotten.
struct PostgresMemory: Sendable {
    /// How many keys of a kind a generation holds: those of all orders and sagas that are under way at once.
    static let mostKeys = 8_192
    /// The most bytes of index entries of a document that is kept: more than documents usually have.
    static let mostEntryBytes = 1_024

    /// A kind of rows.
    struct Kind<Key: Hashable & Sendable, Value: Sendable>: Sendable {
        private var young: [Key: Value] = [:]
        private var old: [Key: Value] = [:]

        /// What is known of a row; nil for nothing, or because there is none.
        mutating func value(of key: Key) -> Value? {
            if let value = young[key] { return value }
            guard let value = old[key] else { return nil }
            note(value, of: key)
            return value
        }

        /// Takes note of a row; nil when there is none.
        mutating func note(_ value: Value?, of key: Key) {
            guard let value else {
                young[key] = nil
                old[key] = nil
                return
            }
            if young.count >= PostgresMemory.mostKeys, young[key] == nil {
                old = young
                young = [:]
            }
            young[key] = value
        }
    }

    /// A stream as it is stored.
    struct Stream: Sendable {
        let id: Int64
        let version: StreamVersion
    }

    var streams = Kind<Scoped<StreamID>, Stream>()
    /// Documents that hold no unique keys.
    var documents = Kind<Scoped<DocumentKey>, PostgresDocumentState>()
    var counters = Kind<Scoped<CounterKey>, Int64>()

    /// Takes note of what a batch has read and written in a turn.
    mutating func note(_ batch: PostgresBatch, _ changes: PostgresBatch.DocumentChanges, in turn: Int64) {
        for (key, slot) in batch.streams {
            let id = slot.id.map { PostgresBatch.stamp($0, in: turn) }
            streams.note(id.map { Stream(id: $0, version: slot.version) }, of: key)
        }
        for (key, slot) in batch.documents where !slot.isChanged {
            documents.note(slot.uniqueKeys.isEmpty ? slot.stored.flatMap(Self.kept) : nil, of: key)
        }
        for (key, slot) in batch.documents where slot.isChanged && slot.revision == nil {
            documents.note(nil, of: key)
        }
        for row in changes.rows {
            let state = PostgresDocumentState(
                number: PostgresBatch.stamp(row.number, in: turn),
                revision: DocumentRevision(PostgresBatch.stamp(row.revision.value, in: turn)),
                entries: row.entries
            )
            documents.note(
                row.write.uniqueKeys.isEmpty ? Self.kept(state) : nil,
                of: Scoped(row.namespace, row.write.key)
            )
        }
        for (key, slot) in batch.counters { counters.note(slot.value, of: key) }
    }

    private static func kept(_ state: PostgresDocumentState) -> PostgresDocumentState? {
        state.entries.count > mostEntryBytes ? nil : state
    }
}
