import MarketplaceCore
import MarketplaceStorage

/// One update of a search index: what locks and reads, and what is written then.
///
/// Documents are locked first, then fields and terms are given their numbers, each in the order of names, so that two
/// updates never wait for each other.
struct PostgresSearchWriting {
    let changes: [SearchChange.Checked]
    private let fields: [SearchField]
    private let terms: [SearchTerm]

    init(_ changes: [SearchChange.Checked]) {
        self.changes = changes
        var (fields, terms) = (Set<SearchField>(), Set<SearchTerm>())
        for change in changes {
            guard let entry = change.entry else { continue }
            terms.formUnion(entry.terms)
            fields.formUnion(entry.terms.lazy.map(\.field))
            fields.formUnion(entry.numbers.keys)
        }
        self.fields = fields.sorted()
        self.terms = terms.sorted()
    }

    /// Locks the documents, and gives names their numbers.
    func opening(_ namespace: Int64) -> [PostgresStatement] {
        let own = PostgresValue.bigint(namespace)
        let keys = PostgresValue.texts(changes.map(\.key.text))
        let names = PostgresValue.texts(fields.map(\.text))
        let pairs = [
            PostgresValue.texts(terms.map(\.field.text)), PostgresValue.texts(terms.map(\.storedValue)),
        ]
        return [
            PostgresStatement(
                """
                insert into marketplace_search_document (namespace, key, is_live) select $1, k.key, false from \
                unnest($2::text[]) with ordinality as k(key, number) order by k.number on conflict do nothing
                """,
                name: "marketplace_search_claim",
                values: [own, keys]
            ),
            PostgresStatement(
                """
                select key, id, revision from marketplace_search_document where namespace = $1 and key = \
                any($2::text[]) order by key for update
                """,
                name: "marketplace_search_lock",
                values: [own, keys]
            ),
            PostgresStatement(
                """
                insert into marketplace_search_field (namespace, name) select $1, k.name from unnest($2::text[]) with \
                ordinality as k(name, number) order by k.number on conflict do nothing
                """,
                name: "marketplace_search_name_fields",
                values: [own, names]
            ),
            PostgresStatement(
                """
                insert into marketplace_search_term (field, value) select f.id, k.value from unnest($2::text[], \
                $3::text[]) with ordinality as k(field, value, number) join marketplace_search_field f on f.namespace \
                = $1 and f.name = k.field order by k.number on conflict do nothing
                """,
                name: "marketplace_search_name_terms",
                values: [own] + pairs
            ),
            PostgresStatement(
                "select name, id from marketplace_search_field where namespace = $1 and name = any($2::text[])",
                name: "marketplace_search_fields",
                values: [own, names]
            ),
            PostgresStatement(
                """
                select k.number, t.id from unnest($2::text[], $3::text[]) with ordinality as k(field, value, number) \
                join marketplace_search_field f on f.namespace = $1 and f.name = k.field join marketplace_search_term \
                t on t.field = f.id and t.value = k.value
                """,
                name: "marketplace_search_terms",
                values: [own] + pairs
            ),
        ]
    }

    /// What is written of the changes that are newer than what is stored, as ``opening(_:)`` found it.
    func statements(_ namespace: Int64, _ rows: [PostgresRows]) throws(PostgresFailure) -> [PostgresStatement] {
        var stored: [SearchKey: (id: Int64, revision: Int64?)] = [:]
        for row in 0..<rows[1].count {
            let key = SearchKey(unchecked: try rows[1].text(0, of: row))
            stored[key] = (try rows[1].integer(1, of: row), try rows[1].integerIfAny(2, of: row))
        }
        var fieldNumbers: [SearchField: Int64] = [:]
        for row in 0..<rows[4].count {
            fieldNumbers[SearchField(unchecked: try rows[4].text(0, of: row))] = try rows[4].integer(1, of: row)
        }
        var termNumbers: [SearchTerm: Int64] = [:]
        for row in 0..<rows[5].count {
            let place = Int(clamping: try rows[5].integer(0, of: row)) - 1
            guard terms.indices.contains(place) else { throw PostgresFailure(.unreadable, "a term too many") }
            termNumbers[terms[place]] = try rows[5].integer(1, of: row)
        }
        var written = Columns()
        for change in changes {
            guard let document = stored[change.key] else {
                throw PostgresFailure(.unreadable, "a document that was locked is not there")
            }
            if let revision = document.revision, revision >= change.revision.value { continue }
            let terms = change.entry?.terms.compactMap { termNumbers[$0] } ?? []
            var numbers: [(field: Int64, value: Int64)] = []
            for (field, value) in change.entry?.numbers ?? [:] {
                guard let number = fieldNumbers[field] else {
                    throw PostgresFailure(.unreadable, "a field that was named is not there")
                }
                numbers.append((number, value))
            }
            written.append(change, document.id, terms: terms, numbers, namespace)
        }
        return written.statements
    }

    /// What is written, column by column.
    private struct Columns {
        private var ids: [Int64] = []
        private var revisions: [Int64] = []
        private var words: [String?] = []
        private var terms: [String?] = []
        private var ownNumbers: [String?] = []
        private var numbers: [(document: Int64, field: Int64, value: Int64)] = []

        mutating func append(
            _ change: SearchChange.Checked,
            _ id: Int64,
            terms: [Int64],
            _ numbers: [(field: Int64, value: Int64)],
            _ namespace: Int64
        ) {
            ids.append(id)
            revisions.append(change.revision.value)
            words.append(change.entry.map { Self.vector(of: $0, terms: terms, namespace) })
            let members = numbers.map { "\"\($0.field)\": \($0.value)" }
            ownNumbers.append(change.entry.map { _ in "{\(members.joined(separator: ", "))}" })
            self.numbers += numbers.map { (id, $0.field, $0.value) }
            self.terms.append(change.entry.map { _ in "{\(terms.map(String.init).joined(separator: ","))}" })
        }

        /// The words and terms as the server reads a `tsvector`.
        ///
        /// Each lexeme is in quotes, with a position of weight A for the title, and one without a weight for the body.
        /// No word has a quote or a backslash, for it is letters, marks and digits.
        private static func vector(of entry: SearchEntry, terms: [Int64], _ namespace: Int64) -> String {
            var vector = "'#n\(namespace)':3"
            for term in terms { vector += " '#t\(term)':3" }
            for (word, places) in entry.words {
                let positions = [places.contains(.title) ? "1A" : nil, places.contains(.body) ? "2" : nil]
                vector += " '\(word)':\(positions.compactMap(\.self).joined(separator: ","))"
            }
            return vector
        }

        var statements: [PostgresStatement] {
            guard !ids.isEmpty else { return [] }
            return [
                PostgresStatement(
                    """
                    update marketplace_search_document d set revision = w.revision, is_live = w.words is not null, \
                    words = w.words::tsvector, terms = w.terms::bigint[], numbers = w.numbers::jsonb from \
                    unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[]) as w(id, revision, words, \
                    terms, numbers) where d.id = w.id
                    """,
                    name: "marketplace_search_write",
                    values: [.bigints(ids), .bigints(revisions), .texts(words), .texts(terms), .texts(ownNumbers)]
                ),
                PostgresStatement(
                    "delete from marketplace_search_number where document = any($1::bigint[])",
                    name: "marketplace_search_forget_numbers",
                    values: [.bigints(ids)]
                ),
                PostgresStatement(
                    """
                    insert into marketplace_search_number (document, field, value) select * from \
                    unnest($1::bigint[], $2::bigint[], $3::bigint[])
                    """,
                    name: "marketplace_search_write_numbers",
                    values: [
                        .bigints(numbers.map(\.document)), .bigints(numbers.map(\.field)),
                        .bigints(numbers.map(\.value)),
                    ]
                ),
            ]
        }
    }
}
