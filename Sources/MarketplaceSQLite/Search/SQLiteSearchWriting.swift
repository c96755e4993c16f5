#if SQLite
import MarketplaceCore
import MarketplaceStorage

/// The writes of one update of a search index, within a transaction.
struct SQLiteSearchWriting {
    private let statements: SQLiteSearchStatements
    private let namespace: Int64

    init(session: SQLiteSession, namespace: Int64) {
        statements = SQLiteSearchStatements(session)
        self.namespace = namespace
    }

    /// Applies the changes that are newer than what is stored.
    func apply(_ changes: [SearchChange.Checked]) throws(SQLiteFailure) {
        try statements.makeTables()
        var numbers = Numbers()
        for change in changes {
            guard let document = try claim(change) else { continue }
            if let entry = change.entry { try write(entry, as: document, &numbers) }
        }
    }

    /// Notes the revision of a change and takes away what was stored before; nil when it changes nothing.
    private func claim(_ change: SearchChange.Checked) throws(SQLiteFailure) -> Int64? {
        let own = SQLiteValue.integer(namespace)
        let (revision, isLive) = (SQLiteValue.integer(change.revision.value), change.entry != nil)
        var stored: (id: Int64, revision: Int64)?
        try statements.each(
            "select id, revision from marketplace_search_document where namespace = ?1 and key = ?2",
            [own, .text(change.key.text)]
        ) { stored = ($0.integer(0), $0.integer(1)) }
        guard let stored else {
            try statements.run(
                """
                insert into marketplace_search_document (namespace, key, revision, is_live) values (?1, ?2, ?3, ?4)
                """,
                own,
                .text(change.key.text),
                revision,
                .integer(isLive ? 1 : 0)
            )
            return statements.lastRowID
        }
        guard stored.revision < change.revision.value else { return nil }
        let id = SQLiteValue.integer(stored.id)
        try statements.run(
            "update marketplace_search_document set revision = ?2, is_live = ?3 where id = ?1",
            id,
            revision,
            .integer(isLive ? 1 : 0)
        )
        try statements.run("delete from marketplace_search_word where rowid = ?1", id)
        try statements.run("delete from marketplace_search_posting where document = ?1", id)
        try statements.run("delete from marketplace_search_number where document = ?1", id)
        return stored.id
    }

    private func write(_ entry: SearchEntry, as document: Int64, _ numbers: inout Numbers) throws(SQLiteFailure) {
        let id = SQLiteValue.integer(document)
        var terms = "n\(namespace)"
        for term in entry.terms {
            let field = try number(of: term.field, &numbers)
            let number = try number(of: term, in: field, &numbers)
            terms += " t\(number)"
            try statements.run(
                "insert into marketplace_search_posting (document, field, term) values (?1, ?2, ?3)",
                id,
                .integer(field),
                .integer(number)
            )
        }
        for (field, value) in entry.numbers {
            try statements.run(
                "insert into marketplace_search_number (document, field, value) values (?1, ?2, ?3)",
                id,
                .integer(try number(of: field, &numbers)),
                .integer(value)
            )
        }
        func words(_ place: SearchEntry.Place) -> SQLiteValue {
            .text(entry.words.lazy.filter { $0.value.contains(place) }.map(\.key.text).joined(separator: " "))
        }
        try statements.run(
            "insert into marketplace_search_word (rowid, title, body, terms) values (?1, ?2, ?3, ?4)",
            id,
            words(.title),
            words(.body),
            .text(terms)
        )
    }

    // MARK: - Numbers of names

    /// The numbers that were looked up or given in this update.
    private struct Numbers {
        var fields: [SearchField: Int64] = [:]
        var terms: [SearchTerm: Int64] = [:]
    }

    private func number(of field: SearchField, _ numbers: inout Numbers) throws(SQLiteFailure) -> Int64 {
        if let number = numbers.fields[field] { return number }
        let number = try number(in: "marketplace_search_field (namespace, name)", namespace, field.text)
        numbers.fields[field] = number
        return number
    }

    private func number(
        of term: SearchTerm,
        in field: Int64,
        _ numbers: inout Numbers
    ) throws(SQLiteFailure) -> Int64 {
        if let number = numbers.terms[term] { return number }
        let number = try number(in: "marketplace_search_term (field, value)", field, term.storedValue)
        numbers.terms[term] = number
        return number
    }

    /// The number of a name in a table, where it gets one if it has none.
    private func number(in table: String, _ owner: Int64, _ name: String) throws(SQLiteFailure) -> Int64 {
        let found = try statements.number(
            // The row is written as it is, so that there is one to return whether or not it was there.
            """
            insert into \(table) values (?1, ?2) on conflict do update set \(Self.first(of: table)) = ?1 returning id
            """,
            .integer(owner),
            .text(name)
        )
        guard let found else { throw .unreadable("a name that was written is not there") }
        return found
    }

    private static func first(of table: String) -> String {
        table.contains("namespace") ? "namespace" : "field"
    }
}
#endif
