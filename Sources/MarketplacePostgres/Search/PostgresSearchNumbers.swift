import MarketplaceCore
import MarketplaceStorage

/// The names in a search whose numbers have to be known.
struct PostgresSearchNumbers {
    private let fields: [SearchField]
    private let terms: [SearchTerm]

    /// The numbers that are known; a name without one is a name that no document ever had.
    struct Known {
        var namespace: Int64?
        var fields: [SearchField: Int64] = [:]
        var terms: [SearchTerm: Int64] = [:]
    }

    init(of plan: SearchPlan) {
        var fields = Set(plan.facets + (plan.ranges ?? []).map(\.field))
        switch plan.sort {
        case .relevance: break
        case .ascending(let field), .descending(let field): fields.insert(field)
        }
        self.fields = fields.sorted()
        terms = plan.choices.flatMap(\.terms)
    }

    func statement(in namespace: StoreNamespace) -> PostgresStatement {
        PostgresStatement(
            """
            select 0::bigint, n.id, 0::bigint from marketplace_namespace n where n.name = $1 union all select \
            1::bigint, f.id, k.number from unnest($2::text[]) with ordinality as k(name, number) join \
            marketplace_search_field f on f.namespace = \(PostgresReading.own) and f.name = k.name union all select \
            2::bigint, t.id, k.number from unnest($3::text[], $4::text[]) with ordinality as k(field, value, number) \
            join marketplace_search_field f on f.namespace = \(PostgresReading.own) and f.name = k.field join \
            marketplace_search_term t on t.field = f.id and t.value = k.value
            """,
            name: "marketplace_search_numbers",
            values: [
                .text(namespace.text), .texts(fields.map(\.text)), .texts(terms.map(\.field.text)),
                .texts(terms.map(\.storedValue)),
            ]
        )
    }

    func known(_ rows: PostgresRows) throws(PostgresFailure) -> Known {
        var known = Known()
        for row in 0..<rows.count {
            let (number, place) = (try rows.integer(1, of: row), Int(clamping: try rows.integer(2, of: row)) - 1)
            switch try rows.integer(0, of: row) {
            case 0: known.namespace = number
            case 1 where fields.indices.contains(place): known.fields[fields[place]] = number
            case 2 where terms.indices.contains(place): known.terms[terms[place]] = number
            default: throw PostgresFailure(.unreadable, "a name too many")
            }
        }
        return known
    }
}
