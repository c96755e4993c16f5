#if SQLite
import MarketplaceCore
import MarketplaceStorage

/// The conditions of a search, as a full-text query and what goes with it.
///
/// The full-text query is made of words, which are letters and digits within quotes, and of numbers; it is bound like
/// any other value.
struct SQLiteSearchConditions {
    /// A statement without its end.
    struct Found {
        var sql: String
        var values: [SQLiteValue]
    }

    private struct Word {
        let text: String

        /// That it stands in those columns.
        func query(_ columns: String) -> String { "\(columns) : \(text)" }
    }

    private struct Choice {
        let field: SearchField
        let isFlag: Bool
        let query: String
    }

    private let namespace: Int64
    private var words: [Word] = []
    private var choices: [Choice] = []
    private var ranges: [Found] = []
    /// Fields of which no document has a value that is asked for.
    private var missing: [SearchField?] = []

    init(namespace: Int64) {
        self.namespace = namespace
    }

    /// Adds a word.
    mutating func add(_ word: SearchWord, isPrefix: Bool = false) {
        words.append(Word(text: isPrefix ? "\"\(word)\" *" : "\"\(word)\""))
    }

    /// Adds a condition on a facet or a flag.
    mutating func add(_ choice: SearchPlan.Choice, terms: [Int64]) {
        guard !terms.isEmpty else { return missing.append(choice.isFlag ? nil : choice.field) }
        let query = terms.map { "terms : \"t\($0)\"" }.joined(separator: " OR ")
        choices.append(Choice(field: choice.field, isFlag: choice.isFlag, query: "(\(query))"))
    }

    /// Adds a condition on a number.
    mutating func add(_ range: SearchPlan.Range, field: Int64?) {
        guard let field else { return missing.append(nil) }
        ranges.append(
            Found(
                sql: """
                    exists (select 1 from marketplace_search_number n where n.document = f.id and n.field = ? and \
                    n.value between ? and ?)
                    """,
                values: [.integer(field), .integer(range.bounds.lowerBound), .integer(range.bounds.upperBound)]
            )
        )
    }

    /// All conditions but those on one facet.
    func leavingOut(_ field: SearchField) -> SQLiteSearchConditions {
        var rest = self
        rest.choices.removeAll { !$0.isFlag && $0.field == field }
        rest.missing.removeAll { $0 == field }
        return rest
    }

    /// The documents that meet all conditions; nil when there are none.
    func documents() -> Found? {
        guard missing.isEmpty else { return nil }
        guard !words.isEmpty || !choices.isEmpty else {
            let live = "select d.id from marketplace_search_document d where d.namespace = ? and d.is_live = 1"
            return bounded(Found(sql: live, values: [.integer(namespace)]))
        }
        return bounded(Self.matching(query()))
    }

    /// The same with their scores.
    func scoredDocuments() -> Found? {
        guard missing.isEmpty else { return nil }
        guard !words.isEmpty else {
            return documents().map { Found(sql: "select f.id as id, 0 as score from (\($0.sql)) f", values: $0.values) }
        }
        var parts: [Found] = []
        for word in words {
            for (column, weight) in [("title", SearchScore.titleWeight), ("body", 1)] {
                let found = bounded(Self.matching("\(word.query(column)) AND \(query())"))
                parts.append(
                    Found(sql: "select g.id as id, \(weight) as weight from (\(found.sql)) g", values: found.values)
                )
            }
        }
        return Found(
            sql: """
                select w.id as id, sum(w.weight) as score from (\(parts.map(\.sql).joined(separator: " union all "))) w \
                group by w.id
                """,
            values: parts.flatMap(\.values)
        )
    }

    /// The full-text query of all words and choices.
    private func query() -> String {
        var parts = words.map { $0.query("{title body}") } + choices.map(\.query)
        // The number of a term is of one namespace; a word is not.
        if choices.isEmpty { parts.append("terms : \"n\(namespace)\"") }
        return parts.joined(separator: " AND ")
    }

    private static func matching(_ query: String) -> Found {
        let sql = "select rowid as id from marketplace_search_word where marketplace_search_word match ?"
        return Found(sql: sql, values: [.text(query)])
    }

    /// Those documents of which the numbers lie within their bounds.
    private func bounded(_ found: Found) -> Found {
        guard !ranges.isEmpty else { return found }
        return Found(
            sql: "select f.id as id from (\(found.sql)) f where \(ranges.map(\.sql).joined(separator: " and "))",
            values: found.values + ranges.flatMap(\.values)
        )
    }
}
#endif
