#if SQLite
import MarketplaceCore
import MarketplaceStorage

/// One search, within a snapshot.
struct SQLiteSearchReading {
    private let statements: SQLiteSearchStatements
    private let name: StoreNamespace
    private let plan: SearchPlan

    init(session: SQLiteSession, namespace: StoreNamespace, plan: SearchPlan) {
        statements = SQLiteSearchStatements(session)
        name = namespace
        self.plan = plan
    }

    /// The answer.
    func result() throws(SQLiteFailure) -> SearchResult {
        var facets = Dictionary(uniqueKeysWithValues: plan.facets.map { ($0, [FacetCount]()) })
        let namespace = try statements.number("select id from marketplace_namespace where name = ?1", .text(name.text))
        guard let namespace, let ranges = plan.ranges, try statements.hasTables() else {
            return SearchResult(hits: [], total: .exactly(0), facets: facets)
        }
        var conditions = SQLiteSearchConditions(namespace: namespace)
        for range in ranges { conditions.add(range, field: try number(of: range.field, in: namespace)) }
        for choice in plan.choices { conditions.add(choice, terms: try numbers(of: choice, in: namespace)) }
        for word in plan.words { conditions.add(word) }
        if let prefix = plan.prefix { conditions.add(prefix, isPrefix: true) }
        for field in plan.facets {
            facets[field] = try counts(of: field, conditions.leavingOut(field), in: namespace)
        }
        let (hits, next) = try page(conditions, in: namespace)
        return SearchResult(hits: hits, total: try total(conditions), facets: facets, next: next)
    }

    // MARK: - Numbers of names

    private func number(of field: SearchField, in namespace: Int64) throws(SQLiteFailure) -> Int64? {
        try statements.number(
            "select id from marketplace_search_field where namespace = ?1 and name = ?2",
            .integer(namespace),
            .text(field.text)
        )
    }

    /// The numbers of the terms that some document has, or once had.
    private func numbers(of choice: SearchPlan.Choice, in namespace: Int64) throws(SQLiteFailure) -> [Int64] {
        guard let field = try number(of: choice.field, in: namespace) else { return [] }
        var numbers: [Int64] = []
        for term in choice.terms {
            let number = try statements.number(
                "select id from marketplace_search_term where field = ?1 and value = ?2",
                .integer(field),
                .text(term.storedValue)
            )
            if let number { numbers.append(number) }
        }
        return numbers
    }

    // MARK: - Counts

    private func total(_ conditions: SQLiteSearchConditions) throws(SQLiteFailure) -> SearchTotal {
        guard let found = conditions.documents() else { return .exactly(0) }
        let limit = SearchLimits.countedHits
        let count = try statements.number(
            "select count(*) from (select f.id from (\(found.sql)) f limit \(limit + 1))",
            found.values
        )
        let total = Int(count ?? 0)
        return total > limit ? .atLeast(limit) : .exactly(total)
    }

    private func counts(
        of field: SearchField,
        _ conditions: SQLiteSearchConditions,
        in namespace: Int64
    ) throws(SQLiteFailure) -> [FacetCount] {
        guard let found = conditions.documents(), let number = try number(of: field, in: namespace) else { return [] }
        var counts: [FacetCount] = []
        try statements.each(
            """
            select t.value, count(*) from (\(found.sql)) f cross join marketplace_search_posting p on p.document = f.id \
            and p.field = ? cross join marketplace_search_term t on t.id = p.term where t.value <> '' group by t.id \
            order by 2 desc, 1 limit \(SearchLimits.valuesPerFacet)
            """,
            found.values + [.integer(number)]
        ) { row throws(SQLiteFailure) in
            counts.append(FacetCount(SearchValue(unchecked: try row.text(0)), count: Int(row.integer(1))))
        }
        return counts
    }

    // MARK: - Pages

    private func page(
        _ conditions: SQLiteSearchConditions,
        in namespace: Int64
    ) throws(SQLiteFailure) -> ([SearchHit], SearchCursor?) {
        guard plan.limit > 0, var request = try ranked(conditions, in: namespace) else { return ([], nil) }
        var bounds = ""
        if let start = plan.start {
            bounds = "where (r.value \(plan.sort.isAscending ? ">" : "<") ? or (r.value = ? and r.key > ?))"
            request.values += [.integer(start.value), .integer(start.value), .text(start.key.text)]
        }
        var rows: [(id: Int64, key: SearchKey, value: Int64)] = []
        try statements.each(
            """
            select r.id, r.key, r.value from (\(request.sql)) r \(bounds) order by r.value \
            \(plan.sort.isAscending ? "" : "desc"), r.key limit \(plan.limit + 1)
            """,
            request.values
        ) { row throws(SQLiteFailure) in
            rows.append((row.integer(0), SearchKey(unchecked: try row.text(1)), row.integer(2)))
        }
        var hits: [SearchHit] = []
        for row in rows.prefix(plan.limit) {
            let score = plan.sort == .relevance ? SearchScore(Int(row.value)) : try score(of: row.id)
            hits.append(SearchHit(row.key, score: score))
        }
        guard rows.count > plan.limit else { return (hits, nil) }
        let last = rows[plan.limit - 1]
        return (hits, plan.cursor(behind: last.key, value: last.value))
    }

    /// The documents with their keys and the numbers by which they are ordered; nil when there are none.
    private func ranked(
        _ conditions: SQLiteSearchConditions,
        in namespace: Int64
    ) throws(SQLiteFailure) -> SQLiteSearchConditions.Found? {
        switch plan.sort {
        case .relevance:
            guard let found = conditions.scoredDocuments() else { return nil }
            return SQLiteSearchConditions.Found(
                sql: """
                    select d.id as id, d.key as key, f.score as value from (\(found.sql)) f cross join \
                    marketplace_search_document d on d.id = f.id
                    """,
                values: found.values
            )
        case .ascending(let field), .descending(let field):
            guard let found = conditions.documents() else { return nil }
            let number = try number(of: field, in: namespace)
            return SQLiteSearchConditions.Found(
                sql: """
                    select d.id as id, d.key as key, coalesce(n.value, ?) as value from (\(found.sql)) f cross join \
                    marketplace_search_document d on d.id = f.id left join marketplace_search_number n on n.document = \
                    f.id and n.field = ?
                    """,
                values: [.integer(plan.sort.isAscending ? .max : .min)] + found.values
                    // No field has the number 0.
                    + [.integer(number ?? 0)]
            )
        }
    }

    /// The score of one document, by its words as they are stored.
    private func score(of document: Int64) throws(SQLiteFailure) -> SearchScore {
        guard !plan.words.isEmpty || plan.prefix != nil else { return SearchScore(0) }
        var counts: [Int] = []
        try statements.each(
            "select title, body from marketplace_search_word where rowid = ?1",
            [.integer(document)]
        ) { row throws(SQLiteFailure) in
            for column in 0...1 as ClosedRange<Int32> { counts.append(plan.wordCount(in: try row.text(column))) }
        }
        return counts.count == 2 ? SearchScore(titleWords: counts[0], bodyWords: counts[1]) : SearchScore(0)
    }
}

extension SearchPlan {
    /// How many words of the query are among those of a text, which has a space between two.
    fileprivate func wordCount(in text: String) -> Int {
        let stored = Set(text.split(separator: " ").map { SearchWord(unchecked: String($0)) })
        let found = words.count { stored.contains($0) }
        guard let prefix else { return found }
        return found + (stored.contains { $0.text.utf8.starts(with: prefix.text.utf8) } ? 1 : 0)
    }
}

extension SQLiteSearchStatements {
    fileprivate func number(_ sql: String, _ values: [SQLiteValue]) throws(SQLiteFailure) -> Int64? {
        var found: Int64?
        try each(sql, values) { found = $0.integer(0) }
        return found
    }
}
#endif
