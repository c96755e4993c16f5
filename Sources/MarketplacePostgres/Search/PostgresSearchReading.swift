import MarketplaceCore
import MarketplaceStorage

/// One search: the statements, and what their rows say.
struct PostgresSearchReading {
    private let plan: SearchPlan
    private let known: PostgresSearchNumbers.Known
    private let namespace: Int64

    /// Nil when nothing was ever put in the namespace.
    init?(_ plan: SearchPlan, _ known: PostgresSearchNumbers.Known) {
        guard let namespace = known.namespace else { return nil }
        self.plan = plan
        self.known = known
        self.namespace = namespace
    }

    /// What counts the hits, what reads the page, and what counts each facet.
    func statements() -> [PostgresStatement] {
        [total(), page()] + plan.facets.map { counts(of: $0) }
    }

    func result(_ rows: [PostgresRows]) throws(PostgresFailure) -> SearchResult {
        let count = Int(clamping: try rows[0].integer(0, of: 0))
        let limit = SearchLimits.countedHits
        var hits: [SearchHit] = []
        var next: SearchCursor?
        for row in 0..<rows[1].count {
            // One more than a page was asked for, to see whether there is another.
            guard row < plan.limit else {
                guard row > 0 else { break }
                next = plan.cursor(behind: hits[row - 1].key, value: try rows[1].integer(1, of: row - 1))
                break
            }
            let score = SearchScore(Int(clamping: try rows[1].integer(2, of: row)))
            hits.append(SearchHit(SearchKey(unchecked: try rows[1].text(0, of: row)), score: score))
        }
        var facets: [SearchField: [FacetCount]] = [:]
        for (field, rows) in zip(plan.facets, rows[2...]) {
            var counts: [FacetCount] = []
            for row in 0..<rows.count {
                let value = SearchValue(unchecked: try rows.text(0, of: row))
                counts.append(FacetCount(value, count: Int(clamping: try rows.integer(1, of: row))))
            }
            facets[field] = counts
        }
        return SearchResult(
            hits: hits,
            total: count > limit ? .atLeast(limit) : .exactly(count),
            facets: facets,
            next: next
        )
    }

    // MARK: - Statements

    private func total() -> PostgresStatement {
        var sql = PostgresSearchSQL()
        let found = documents(&sql)
        return sql.statement(
            "select count(*) from (select 1 from (\(found)) f limit \(SearchLimits.countedHits + 1)) c"
        )
    }

    private func counts(of field: SearchField) -> PostgresStatement {
        var sql = PostgresSearchSQL()
        let found = documents(&sql, leavingOut: field)
        let number = sql.bigint(known.fields[field] ?? 0)
        return sql.statement(
            """
            select t.value, c.count from (select u.term, count(*) as count from (\(found)) f cross join unnest(f.terms) \
            as u(term) group by u.term) c join marketplace_search_term t on t.id = c.term where t.field = \(number) and \
            t.value <> '' order by c.count desc, t.value limit \(SearchLimits.valuesPerFacet)
            """
        )
    }

    /// The page is chosen first, and the words of its documents alone are looked at again for their scores.
    private func page() -> PostgresStatement {
        var sql = PostgresSearchSQL()
        let found = documents(&sql)
        let score = score("d", &sql)
        let ranked: String
        switch plan.sort {
        case .relevance:
            ranked = "select d.id, d.key, \(score) as value from (\(found)) d"
        case .ascending(let field), .descending(let field):
            let missing = sql.bigint(plan.sort.isAscending ? .max : .min)
            let number = sql.bigint(known.fields[field] ?? 0)
            ranked = """
                select f.id, f.key, coalesce(n.value, \(missing)) as value from (\(found)) f left join \
                marketplace_search_number n on n.document = f.id and n.field = \(number)
                """
        }
        var bounds = ""
        if let start = plan.start {
            let (value, key) = (sql.bigint(start.value), sql.text(start.key.text))
            let isBehind = "r.value \(plan.sort.isAscending ? ">" : "<") \(value)"
            bounds = "where \(isBehind) or (r.value = \(value) and r.key > \(key))"
        }
        let order = plan.sort.isAscending ? "value" : "value desc"
        return sql.statement(
            """
            select p.key, p.value, \(score) as score from (select r.id, r.key, r.value from (\(ranked)) r \(bounds) \
            order by r.\(order), r.key limit \(plan.limit + 1)) p join marketplace_search_document d on d.id = p.id \
            order by p.\(order), p.key
            """
        )
    }

    // MARK: - Conditions

    /// The documents that meet all conditions, those on one facet apart.
    private func documents(_ sql: inout PostgresSearchSQL, leavingOut field: SearchField? = nil) -> String {
        var conditions: [String] = []
        var lexemes = plan.words.map { Self.lexeme($0) }
        if let prefix = plan.prefix { lexemes.append(Self.lexeme(prefix, ":*")) }
        let choices = plan.choices.filter { $0.isFlag || $0.field != field }
        for choice in choices {
            let terms = choice.terms.compactMap { known.terms[$0] }
            // A number that no term has, where no document ever had one of the values.
            let numbers = terms.isEmpty ? [0] : terms
            lexemes.append("(\(numbers.map { "'#t\($0)'" }.joined(separator: " | ")))")
        }
        if lexemes.isEmpty {
            conditions.append("d.namespace = \(sql.bigint(namespace)) and d.is_live")
        } else {
            // The number of a term is of one namespace; a word is not.
            if choices.isEmpty { lexemes.append("'#n\(namespace)'") }
            conditions.append("d.words @@ \(sql.text(lexemes.joined(separator: " & ")))::tsquery")
        }
        for range in plan.ranges ?? [] {
            let number = sql.bigint(known.fields[range.field] ?? 0)
            let (lower, upper) = (sql.bigint(range.bounds.lowerBound), sql.bigint(range.bounds.upperBound))
            conditions.append(
                """
                exists (select from marketplace_search_number n where n.document = d.id and n.field = \(number) and \
                n.value between \(lower) and \(upper))
                """
            )
        }
        return """
            select d.id, d.key, d.words, d.terms from marketplace_search_document d where \
            \(conditions.joined(separator: " and "))
            """
    }

    /// The score of a document, by the weights of its words.
    private func score(_ table: String, _ sql: inout PostgresSearchSQL) -> String {
        var parts: [String] = []
        let words = plan.words.map { ($0, "") } + [plan.prefix].compactMap(\.self).map { ($0, "*") }
        for (word, star) in words {
            for (weight, points) in [("A", SearchScore.titleWeight), ("D", 1)] {
                let query = sql.text(Self.lexeme(word, ":\(star)\(weight)"))
                parts.append("case when \(table).words @@ \(query)::tsquery then \(points) else 0 end")
            }
        }
        return parts.isEmpty ? "0::bigint" : "(\(parts.joined(separator: " + ")))::bigint"
    }

    /// A word as the server reads it in a `tsquery`, in quotes.
    ///
    /// No word has a quote or a backslash, for it is letters, marks and digits.
    private static func lexeme(_ word: SearchWord, _ suffix: String = "") -> String { "'\(word)'\(suffix)" }
}
