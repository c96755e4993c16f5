import MarketplaceCore
import MarketplaceStorage

/// What a batch is expected to find: decided on before it is read, it takes one round trip, in which the server writes
/// only if everything is as expected.
struct PostgresForecast: Sendable {
    /// The most callers of a batch that is decided on a forecast: for more, one way to the server is little.
    static let mostRequests = 256

    /// How a document without unique keys is stored.
    private let noKeys = StoredDocumentKeys.bytes(of: [UniqueKey]())
    private let load: PostgresLoad
    private let streams: [PostgresMemory.Stream?]
    private let documents: [PostgresDocumentState?]
    private let counters: [Int64?]

    /// Looks up what is known of everything that the load is about; nobody has used the transactions' ids.
    init(of load: PostgresLoad, from memory: inout PostgresMemory) {
        self.load = load
        streams = load.streams.elements.map { memory.streams.value(of: $0) }
        documents = load.documents.elements.map { memory.documents.value(of: $0) }
        counters = load.counters.elements.map { memory.counters.value(of: $0) }
    }

    /// What has to be locked.
    var slots: PostgresSlots { load.slots }

    /// Whether requests can be decided on a forecast: those of the usual kinds, to which no removal belongs.
    static func suits(_ requests: [GroupCommitRequest]) -> Bool {
        requests.count <= mostRequests && requests.allSatisfy { suits($0.transaction) }
    }

    private static func suits(_ transaction: Transaction) -> Bool {
        transaction.trims.isEmpty && transaction.deletes.isEmpty && transaction.counterDeletes.isEmpty
            && transaction.writes.allSatisfy { $0.uniqueKeys.isEmpty && isStored($0.expected.revision) }
            && transaction.guards.allSatisfy { guarded in
                switch guarded {
                case .stream: true
                case .document(_, let expected): isStored(expected)
                case .fence: false
                }
            }
    }

    /// Whether a revision may be one that is stored, and is none that a batch without a turn gives out.
    private static func isStored(_ revision: DocumentRevision?) -> Bool {
        revision.map { !PostgresBatch.isRelative($0.value) } ?? true
    }

    /// A batch to which everything is as expected.
    func batch(retention: Duration, registry: PostgresRegistry.Known) -> PostgresBatch {
        var batch = PostgresBatch(turn: PostgresBatch.noTurn, retention: retention, registry: registry)
        for (key, known) in zip(load.streams.elements, streams) {
            if let known { batch.streams[key] = PostgresBatch.StreamSlot(id: known.id, version: known.version) }
        }
        for (key, known) in zip(load.documents.elements, documents) {
            guard let known else { continue }
            batch.documents[key] = PostgresBatch.DocumentSlot(
                stored: known,
                number: known.number,
                revision: known.revision
            )
        }
        for (key, known) in zip(load.counters.elements, counters) {
            if let known { batch.counters[key] = PostgresBatch.Slot(value: known) }
        }
        return batch
    }

    /// What the server has to compare, as parts of the statement that writes.
    var conditions: [(PostgresBatch.Part, [PostgresColumn])] {
        let (receipts, streamKeys) = (load.receipts.elements, load.streams.elements)
        let (documentKeys, counterKeys) = (load.documents.elements, load.counters.elements)
        return [
            (.noReceipts, [.bigints(receipts.map { $0.namespace }), .uuids(receipts.map { $0.key.bits })]),
            (
                .streamsAsExpected,
                [
                    .bigints(streamKeys.map { $0.namespace }), .texts(streamKeys.map { $0.key.category.text }),
                    .texts(streamKeys.map { $0.key.key.text }), .bigints(streams.map { $0?.id }),
                    .bigints(streams.map { $0?.version.value }),
                ]
            ),
            (
                .documentsAsExpected,
                [
                    .bigints(documentKeys.map { $0.namespace }), .texts(documentKeys.map { $0.key.collection.text }),
                    .texts(documentKeys.map { $0.key.id.text }), .bigints(documents.map { $0?.number }),
                    .bigints(documents.map { $0?.revision.value }), .bytes(documents.map { $0?.entries }),
                    .bytes(documents.map { $0 == nil ? nil : noKeys }),
                ]
            ),
            (
                .countersAsExpected,
                [
                    .bigints(counterKeys.map { $0.namespace }), .texts(counterKeys.map { $0.key.text }),
                    .bigints(counters),
                ]
            ),
        ]
    }

    /// What a condition compares.
    private struct Comparison {
        let table: String
        let keys: KeyValuePairs<String, String>
        /// None when there must be no row; otherwise nulls stand for no row.
        let values: KeyValuePairs<String, String>
    }

    private static func comparison(_ part: PostgresBatch.Part) -> Comparison {
        switch part {
        case .streamsAsExpected:
            Comparison(
                table: "marketplace_stream",
                keys: ["namespace": "bigint", "category": "text", "key": "text"],
                values: ["id": "bigint", "version": "bigint"]
            )
        case .documentsAsExpected:
            Comparison(
                table: "marketplace_document",
                keys: ["namespace": "bigint", "collection": "text", "id": "text"],
                values: ["number": "bigint", "revision": "bigint", "entries": "bytea", "unique_keys": "bytea"]
            )
        case .countersAsExpected:
            Comparison(
                table: "marketplace_counter",
                keys: ["namespace": "bigint", "key": "text"],
                values: ["value": "bigint"]
            )
        default:
            Comparison(table: "marketplace_receipt", keys: ["namespace": "bigint", "id": "uuid"], values: [:])
        }
    }

    /// The text of a condition.
    static func text(_ part: PostgresBatch.Part, isSingle: Bool) -> String {
        let comparison = comparison(part)
        return isSingle ? single(comparison) : many(comparison)
    }

    private static func single(_ comparison: Comparison) -> String {
        func terms(_ columns: KeyValuePairs<String, String>, from first: Int, _ equals: String) -> String {
            columns.enumerated().map { "r.\($1.key) \(equals) $\(first + $0)::\($1.value)" }.joined(separator: " and ")
        }
        let first = comparison.keys.count + 1
        let rows = "from \(comparison.table) r where \(terms(comparison.keys, from: 1, "="))"
        guard let known = comparison.values.first else { return "not exists (select 1 \(rows))" }
        return """
            coalesce((select \(terms(comparison.values, from: first, "is not distinct from")) \(rows)), \
            $\(first)::\(known.value) is null)
            """
    }

    /// Counts what is otherwise than expected.
    ///
    /// As in the statement that reads, `lateral … limit 1` keeps the server to one look into the index per key.
    private static func many(_ comparison: Comparison) -> String {
        // Columns of both kinds may have the same name.
        let keys = comparison.keys.map { ("key_\($0.key)", $0.key, $0.value) }
        let values = comparison.values.map { ("wanted_\($0.key)", $0.key, $0.value) }
        let names = (keys + values).map(\.0).joined(separator: ", ")
        let arrays = (keys + values).enumerated().map { "$\($0 + 1)::\($1.2)[]" }.joined(separator: ", ")
        let match = keys.map { "r.\($0.1) = k.\($0.0)" }.joined(separator: " and ")
        let found = (["true as is_there"] + values.map(\.1)).joined(separator: ", ")
        let differ = values.map { "r.\($0.1) is distinct from k.\($0.0)" } + (values.isEmpty ? ["r.is_there"] : [])
        return """
            (select count(*) from unnest(\(arrays)) as k(\(names)) left join lateral (select \(found) from \
            \(comparison.table) r where \(match) limit 1) r on true where \(differ.joined(separator: " or "))) = 0
            """
    }
}
