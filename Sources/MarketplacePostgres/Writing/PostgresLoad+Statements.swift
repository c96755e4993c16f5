import MarketplaceCore
import MarketplaceStorage

extension PostgresLoad {
    /// What a row of the answer is about; the number is in its first column.
    enum Part: Int, CaseIterable {
        case receipts
        case streams
        case documents
        case uniques
        case counters
        case fences
    }

    /// Reads everything with one statement however many keys there are; nil when there is nothing to be read.
    ///
    /// It comes behind the locks, for only a statement of its own sees what was committed before they were had.
    var read: PostgresStatement? {
        var wanted: [PostgresComposite.Part] = []
        func add(_ part: Part, _ values: PostgresValue...) { wanted.append((part.rawValue, values)) }
        if !receipts.elements.isEmpty {
            add(
                .receipts,
                .bigints(receipts.elements.map(\.namespace)),
                .uuids(receipts.elements.map(\.key.bits))
            )
        }
        if !streams.elements.isEmpty {
            add(
                .streams,
                .bigints(streams.elements.map(\.namespace)),
                .texts(streams.elements.map(\.key.category.text)),
                .texts(streams.elements.map(\.key.key.text))
            )
        }
        if !documents.elements.isEmpty {
            add(
                .documents,
                .bigints(documents.elements.map(\.namespace)),
                .texts(documents.elements.map(\.key.collection.text)),
                .texts(documents.elements.map(\.key.id.text))
            )
        }
        if !uniques.elements.isEmpty {
            add(
                .uniques,
                .bigints(uniques.elements.map(\.namespace)),
                .texts(uniques.elements.map(\.key.text))
            )
        }
        if !counters.elements.isEmpty {
            add(
                .counters,
                .bigints(counters.elements.map(\.namespace)),
                .texts(counters.elements.map(\.key.text))
            )
        }
        if !fences.elements.isEmpty {
            add(.fences, .bigints(fences.elements.map(\.namespace)), .texts(fences.elements.map(\.key.text)))
        }
        return Self.reading.statement(wanted)
    }

    /// Every part has the columns part, place, two numbers, a uuid, two byte strings and two texts.
    ///
    /// `lateral … limit 1` keeps the server to one look into the index per key, whatever it believes about the sizes of
    /// the tables.
    private static let reading = PostgresComposite("marketplace_read", Part.allCases.map(text)) {
        $0.map(\.sql).joined(separator: " union all ")
    }

    private static func text(_ part: Part) -> String {
        let head = "select \(part.rawValue)::bigint, k.place"
        let (noBytes, noTexts) = ("null::bytea, null::bytea", "null::text, null::text")
        switch part {
        case .receipts:
            return """
                \(head), r.due, null::bigint, r.digest, r.receipt, null::bytea, \(noTexts) from unnest($1::bigint[], \
                $2::uuid[]) with ordinality as k(namespace, id, place) cross join lateral (select digest, receipt, due \
                from marketplace_receipt r where r.namespace = k.namespace and r.id = k.id limit 1) r
                """
        case .streams:
            return """
                \(head), s.id, s.version, null::uuid, \(noBytes), \(noTexts) from unnest($1::bigint[], $2::text[], \
                $3::text[]) with ordinality as k(namespace, category, key, place) cross join lateral (select id, version \
                from marketplace_stream s where s.namespace = k.namespace and s.category = k.category and s.key = k.key \
                limit 1) s
                """
        case .documents:
            return """
                \(head), d.number, d.revision, null::uuid, d.entries, d.unique_keys, \(noTexts) from \
                unnest($1::bigint[], $2::text[], $3::text[]) with ordinality as k(namespace, collection, id, place) cross \
                join lateral (select number, revision, entries, unique_keys from marketplace_document d where \
                d.namespace = k.namespace and d.collection = k.collection and d.id = k.id limit 1) d
                """
        case .uniques:
            return """
                \(head), u.document, null::bigint, null::uuid, \(noBytes), u.collection, u.id from unnest($1::bigint[], \
                $2::text[]) with ordinality as k(namespace, key, place) cross join lateral (select u.document, \
                d.collection, d.id from marketplace_unique u join marketplace_document d on d.number = u.document where \
                u.namespace = k.namespace and u.key = k.key limit 1) u
                """
        case .counters:
            return """
                \(head), c.value, null::bigint, null::uuid, \(noBytes), \(noTexts) from unnest($1::bigint[], \
                $2::text[]) with ordinality as k(namespace, key, place) cross join lateral (select value from \
                marketplace_counter c where c.namespace = k.namespace and c.key = k.key limit 1) c
                """
        case .fences:
            return """
                \(head), f.token, null::bigint, null::uuid, \(noBytes), \(noTexts) from unnest($1::bigint[], \
                $2::text[]) with ordinality as k(namespace, key, place) cross join lateral (select token from \
                marketplace_fence f where f.namespace = k.namespace and f.key = k.key limit 1) f
                """
        }
    }
}
