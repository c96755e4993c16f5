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
    var conditions: [(PostgresBatch.Part, [PostgresValue])] {
        var conditions: [(PostgresBatch.Part, [PostgresValue])] = []
        let receipts = load.receipts.elements
        if !receipts.isEmpty {
            conditions.append(
                (.noReceipts, [.bigints(receipts.map(\.namespace)), .uuids(receipts.map(\.key.bits))])
            )
        }
        let keys = (load.streams.elements, load.documents.elements, load.counters.elements)
        if !keys.0.isEmpty {
            let values: [PostgresValue] = [
                .bigints(keys.0.map(\.namespace)), .texts(keys.0.map(\.key.category.text)),
                .texts(keys.0.map(\.key.key.text)), .bigints(orNull: streams.map { $0?.id }),
                .bigints(orNull: streams.map { $0?.version.value }),
            ]
            conditions.append((.streamsAsExpected, values))
        }
        if !keys.1.isEmpty {
            let values: [PostgresValue] = [
                .bigints(keys.1.map(\.namespace)), .texts(keys.1.map(\.key.collection.text)),
                .texts(keys.1.map(\.key.id.text)), .bigints(orNull: documents.map { $0?.number }),
                .bigints(orNull: documents.map { $0?.revision.value }), .bytesList(documents.map { $0?.entries }),
                .bytesList(documents.map { $0 == nil ? nil : noKeys }),
            ]
            conditions.append((.documentsAsExpected, values))
        }
        if !keys.2.isEmpty {
            let values: [PostgresValue] = [
                .bigints(keys.2.map(\.namespace)), .texts(keys.2.map(\.key.text)), .bigints(orNull: counters),
            ]
            conditions.append((.countersAsExpected, values))
        }
        return conditions
    }

    // Each counts what is otherwise than expected. As in the statement that reads, `lateral … limit 1` keeps the server
    // to one look into the index per key.

    static let noReceipts = """
        select count(*) from unnest($1::bigint[], $2::uuid[]) as k(namespace, id) cross join lateral (select 1 from \
        marketplace_receipt r where r.namespace = k.namespace and r.id = k.id limit 1) r
        """

    static let streamsAsExpected = """
        select count(*) from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[]) as k(namespace, \
        category, key, id, version) left join lateral (select id, version from marketplace_stream s where s.namespace = \
        k.namespace and s.category = k.category and s.key = k.key limit 1) s on true where s.id is distinct from k.id \
        or s.version is distinct from k.version
        """

    static let documentsAsExpected = """
        select count(*) from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bytea[], \
        $7::bytea[]) as k(namespace, collection, id, number, revision, entries, unique_keys) left join lateral (select \
        number, revision, entries, unique_keys from marketplace_document d where d.namespace = k.namespace and \
        d.collection = k.collection and d.id = k.id limit 1) d on true where d.number is distinct from k.number or \
        d.revision is distinct from k.revision or d.entries is distinct from k.entries or d.unique_keys is distinct \
        from k.unique_keys
        """

    static let countersAsExpected = """
        select count(*) from unnest($1::bigint[], $2::text[], $3::bigint[]) as k(namespace, key, value) left join \
        lateral (select value from marketplace_counter c where c.namespace = k.namespace and c.key = k.key limit 1) c on \
        true where c.value is distinct from k.value
        """
}
