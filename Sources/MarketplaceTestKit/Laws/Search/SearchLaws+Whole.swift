import MarketplaceCore
import MarketplaceStorage

extension SearchLaws {
    /// What breaks a bound is refused.
    public static let boundsAreKept = SearchLaw(
        "bounds",
        "Whatever breaks one of SearchLimits is refused as invalid; what just keeps it is served."
    ) { probe in
        func values(_ count: Int) -> Set<SearchValue> { Set((0..<count).map { LawNames.key($0).retyped() }) }
        func fields(_ count: Int) -> Set<SearchField> { Set((0..<count).map { LawNames.key($0).retyped() }) }
        func words(_ count: Int) -> String { (0..<count).map { "w\($0)" }.joined(separator: " ") }
        func text(_ count: Int) -> String { String(repeating: "x", count: count) }
        let queries: [(Int) -> SearchQuery] = [
            { SearchQuery(limit: SearchLimits.pageSize + $0) }, { SearchQuery(limit: $0 > 0 ? -1 : 0) },
            { SearchQuery(limit: $0 > 0 ? .max : 0) }, { SearchQuery(text(SearchLimits.queryBytes + $0)) },
            { SearchQuery(words(SearchLimits.wordsPerQuery + $0)) },
            { SearchQuery(where: Array(repeating: .flag("f"), count: SearchLimits.filtersPerQuery + $0)) },
            { SearchQuery(where: [.facet("f", anyOf: values(SearchLimits.valuesPerQuery + $0))]) },
            { SearchQuery(where: [.facet("f", anyOf: values($0 > 0 ? 0 : 1))]) },
            { SearchQuery(counting: fields(SearchLimits.facetsPerQuery + $0)) },
        ]
        for query in queries {
            _ = try await probe.find(query(0))
            let code = try await probe.refusal(query(1).summary) { _ = try await probe.find(query(1)) }
            try LawBreach.unlessEqual(code, .invalid, "why it is refused")
        }
        let documents: [(Int) -> SearchDocument] = [
            { SearchDocument("a", revision: .init(1), title: text(SearchLimits.titleBytes + $0)) },
            { SearchDocument("b", revision: .init(1), body: text(SearchLimits.bodyBytes + $0)) },
            { SearchDocument("c", revision: .init(1), facets: ["f": values(SearchLimits.termsPerDocument + $0)]) },
            { SearchDocument("d", revision: .init(1), flags: fields(SearchLimits.termsPerDocument + $0)) },
            { number in
                let names = fields(SearchLimits.numbersPerDocument + number)
                let numbers = Dictionary(uniqueKeysWithValues: names.map { ($0, Int64(1)) })
                return SearchDocument("e", revision: .init(1), numbers: numbers)
            },
        ]
        for document in documents {
            let code = try await probe.refusal("\(document(1).key)") { try await probe.put(document(1)) }
            try LawBreach.unlessEqual(code, .invalid, "why it is refused")
            try await probe.put(document(0))
        }
        let changes = (0...SearchLimits.changes).map { SearchChange.delete(LawNames.key($0), revision: .init(1)) }
        let code = try await probe.refusal("too many changes") { try await probe.update(changes) }
        try LawBreach.unlessEqual(code, .invalid, "why it is refused")
        try await probe.demand(["a", "b", "c", "d", "e"], of: SearchQuery(), "what is there")
    }

    /// Random documents and queries: everything is found as by looking at every document.
    public static let modelIsMatched = SearchLaw(
        "model",
        "After random changes, random queries find page by page what looking at every document finds."
    ) { probe in
        let seed = SearchLawSeed.value ?? SystemRandomSource().next()
        var random = RandomSearch(seed: seed)
        var model = SearchModel()
        for _ in 0..<6 {
            for _ in 0..<4 {
                let changes = random.changes()
                try await probe.update(changes)
                for change in changes { model.apply(change) }
            }
            for _ in 0..<20 { try await probe.demandAgreement(with: model, on: random.query(), "seed \(seed)") }
        }
    }
}
