import MarketplaceCore
import MarketplaceStorage

extension PostgresLoad {
    /// What a statement of the load answers.
    enum Part {
        case turn
        case receipts
        case streams
        case documents
        case uniques
        case counters
        case fences
    }

    /// The statements that lock and read, in order; the parts tell which statement answers what.
    ///
    /// Each reads with one statement however many keys there are. `lateral … limit 1` keeps the server to one look
    /// into the index per key, whatever it believes about the sizes of the tables.
    var statements: (locks: [PostgresStatement], reads: [(part: Part, statement: PostgresStatement)]) {
        var reads: [(part: Part, statement: PostgresStatement)] = [(.turn, Self.turn)]
        if !receipts.elements.isEmpty { reads.append((.receipts, readReceipts)) }
        if !streams.elements.isEmpty { reads.append((.streams, readStreams)) }
        if !documents.elements.isEmpty { reads.append((.documents, readDocuments)) }
        if !uniques.elements.isEmpty { reads.append((.uniques, readUniques)) }
        if !counters.elements.isEmpty { reads.append((.counters, readCounters)) }
        if !fences.elements.isEmpty { reads.append((.fences, readFences)) }
        return (slots.statements, reads)
    }

    /// Gives the transaction its number, which must not come before the locks, and tells whether numbers are still those
    /// of the cluster that the offset is for: a pool goes on by itself with a server that a dump was restored into.
    static let turn = PostgresStatement(
        """
        select pg_current_xact_id()::text::bigint + f.turn_offset, f.cluster = s.system_identifier::text from \
        marketplace_feed f cross join pg_control_system() s where f.is_only
        """,
        name: "marketplace_turn"
    )

    /// What that statement says.
    ///
    /// - Throws: ``PostgresFailure/Code/otherCluster`` when the turns must first go on behind what is stored.
    static func turn(in rows: PostgresRows) throws(PostgresFailure) -> Int64 {
        let turn = try rows.integer(0, of: 0)
        guard try rows.flag(1, of: 0) else {
            throw PostgresFailure(.otherCluster, "the database was restored into another cluster")
        }
        // Far beyond what a server counts: a million transactions a second for a hundred days.
        guard turn > 0, turn < Int64.max >> PostgresBatch.stampBits else {
            throw PostgresFailure(.unreadable, "\(turn) is no number of a transaction")
        }
        return turn
    }

    private var readReceipts: PostgresStatement {
        PostgresStatement(
            """
            select k.place, r.digest, r.receipt, r.due from unnest($1::bigint[], $2::uuid[]) with ordinality as \
            k(namespace, id, place) cross join lateral (select digest, receipt, due from marketplace_receipt r \
            where r.namespace = k.namespace and r.id = k.id limit 1) r
            """,
            name: "marketplace_read_receipts",
            values: [
                .bigints(receipts.elements.map(\.namespace)), .uuids(receipts.elements.map(\.key.bits)),
            ]
        )
    }

    private var readStreams: PostgresStatement {
        PostgresStatement(
            """
            select k.place, s.id, s.version from unnest($1::bigint[], $2::text[], $3::text[]) with ordinality as \
            k(namespace, category, key, place) cross join lateral (select id, version from marketplace_stream s \
            where s.namespace = k.namespace and s.category = k.category and s.key = k.key limit 1) s
            """,
            name: "marketplace_read_streams",
            values: [
                .bigints(streams.elements.map(\.namespace)), .texts(streams.elements.map(\.key.category.text)),
                .texts(streams.elements.map(\.key.key.text)),
            ]
        )
    }

    private var readDocuments: PostgresStatement {
        PostgresStatement(
            """
            select k.place, d.number, d.revision, d.entries, d.unique_keys from unnest($1::bigint[], $2::text[], \
            $3::text[]) with ordinality as k(namespace, collection, id, place) cross join lateral (select number, \
            revision, entries, unique_keys from marketplace_document d where d.namespace = k.namespace and \
            d.collection = k.collection and d.id = k.id limit 1) d
            """,
            name: "marketplace_read_documents",
            values: [
                .bigints(documents.elements.map(\.namespace)),
                .texts(documents.elements.map(\.key.collection.text)), .texts(documents.elements.map(\.key.id.text)),
            ]
        )
    }

    private var readUniques: PostgresStatement {
        PostgresStatement(
            """
            select k.place, u.document, u.collection, u.id from unnest($1::bigint[], $2::text[]) with ordinality as \
            k(namespace, key, place) cross join lateral (select u.document, d.collection, d.id from \
            marketplace_unique u join marketplace_document d on d.number = u.document where u.namespace = \
            k.namespace and u.key = k.key limit 1) u
            """,
            name: "marketplace_read_uniques",
            values: [.bigints(uniques.elements.map(\.namespace)), .texts(uniques.elements.map(\.key.text))]
        )
    }

    private var readCounters: PostgresStatement {
        PostgresStatement(
            """
            select k.place, c.value from unnest($1::bigint[], $2::text[]) with ordinality as k(namespace, key, place) \
            cross join lateral (select value from marketplace_counter c where c.namespace = k.namespace and c.key = \
            k.key limit 1) c
            """,
            name: "marketplace_read_counters",
            values: [.bigints(counters.elements.map(\.namespace)), .texts(counters.elements.map(\.key.text))]
        )
    }

    private var readFences: PostgresStatement {
        PostgresStatement(
            """
            select k.place, f.token from unnest($1::bigint[], $2::text[]) with ordinality as k(namespace, key, place) \
            cross join lateral (select token from marketplace_fence f where f.namespace = k.namespace and f.key = \
            k.key limit 1) f
            """,
            name: "marketplace_read_fences",
            values: [.bigints(fences.elements.map(\.namespace)), .texts(fences.elements.map(\.key.text))]
        )
    }
}
