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
        let score = score("d", &sql)
        let chosen: String
        let order = plan.sort.isAscending ? "value" : "value desc"
        switch plan.sort {
        case .relevance:
            let ranked = "select d.id, d.key, \(score) as value from (\(documents(&sql))) d"
            chosen = sorted(ranked, by: order, where: behindStart("r", &sql).map { [$0] } ?? [])
        case .ascending(let field), .descending(let field):
            chosen = chosenByNumber(known.fields[field] ?? 0, by: order, &sql)
        }
        return sql.statement(
            """
            select p.key, p.value, \(score) as score from (\(chosen)) p join marketplace_search_document d on d.id = p.id \
            order by p.\(order), p.key
            """
        )
    }

    /// The documents of a page by a number.
    ///
    /// Whoever only browses asks for a few of very many, which are the first in the order of the number that still meet
    /// the conditions. Only when these are too few, as on the last page, all are looked at, those without the number as
    /// well. Where there are words, few are found and all are looked at.
    private func chosenByNumber(_ field: Int64, by order: String, _ sql: inout PostgresSearchSQL) -> String {
        let (number, name) = (sql.bigint(field), sql.text("\(field)"))
        let missing = sql.bigint(plan.sort.isAscending ? .max : .min)
        let ranked = """
            select f.id, f.key, coalesce((f.numbers ->> \(name))::bigint, \(missing)) as value from \
            (\(documents(&sql))) f
            """
        let bounds = behindStart("r", &sql).map { [$0] } ?? []
        guard plan.words.isEmpty, plan.prefix == nil else { return sorted(ranked, by: order, where: bounds) }
        // What has the value of what has none comes among these, by key.
        var conditions = ["n.field = \(number)", "n.value <> \(missing)"] + self.conditions(&sql)
        for range in plan.ranges ?? [] where known.fields[range.field] == field {
            let (lower, upper) = (sql.bigint(range.bounds.lowerBound), sql.bigint(range.bounds.upperBound))
            conditions.append("n.value between \(lower) and \(upper)")
        }
        if let start = plan.start {
            conditions.append("n.value \(plan.sort.isAscending ? ">=" : "<=") \(sql.bigint(start.value))")
        }
        let own = behindStart("n", key: "d.key", &sql).map { [$0] } ?? []
        let (limit, all) = (plan.limit + 1, sorted(ranked, by: order, where: bounds))
        // The condition stands outside of what is sorted, so that nothing of it is begun when it is not needed.
        return """
            with walked as materialized (select d.id, d.key, n.value from marketplace_search_number n join \
            marketplace_search_document d on d.id = n.document where \((conditions + own).joined(separator: " and ")) \
            order by n.\(order), d.key limit \(limit)) select id, key, value from walked where (select count(*) from \
            walked) >= \(limit) union all select s.id, s.key, s.value from (\(all)) s where (select count(*) from \
            walked) < \(limit)
            """
    }

    /// The first of what is ranked that meets the conditions.
    private func sorted(_ ranked: String, by order: String, where conditions: [String]) -> String {
        let met = conditions.isEmpty ? "" : "where \(conditions.joined(separator: " and "))"
        return """
            select r.id, r.key, r.value from (\(ranked)) r \(met) order by r.\(order), r.key limit \(plan.limit + 1)
            """
    }

    /// What lies behind the last hit of the page before; nil on the first page.
    private func behindStart(_ table: String, key: String? = nil, _ sql: inout PostgresSearchSQL) -> String? {
        guard let start = plan.start else { return nil }
        let (value, text) = (sql.bigint(start.value), sql.text(start.key.text))
        let isBehind = "\(table).value \(plan.sort.isAscending ? ">" : "<") \(value)"
        return "(\(isBehind) or (\(table).value = \(value) and \(key ?? "\(table).key") > \(text)))"
    }

    // MARK: - Conditions

    /// The documents that meet all conditions, those on one facet apart.
    private func documents(_ sql: inout PostgresSearchSQL, leavingOut field: SearchField? = nil) -> String {
        """
        select d.id, d.key, d.words, d.terms, d.numbers from marketplace_search_document d where \
        \(conditions(&sql, leavingOut: field).joined(separator: " and "))
        """
    }

    /// The conditions on a document `d`, those on one facet apart.
    private func conditions(_ sql: inout PostgresSearchSQL, leavingOut field: SearchField? = nil) -> [String] {
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
            // A field that no document ever had has the number 0, which no document has.
            let name = sql.text("\(known.fields[range.field] ?? 0)")
            let (lower, upper) = (sql.bigint(range.bounds.lowerBound), sql.bigint(range.bounds.upperBound))
            conditions.append("(d.numbers ->> \(name))::bigint between \(lower) and \(upper)")
        }
        return conditions
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
