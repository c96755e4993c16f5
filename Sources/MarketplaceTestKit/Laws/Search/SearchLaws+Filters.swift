import MarketplaceCore
import MarketplaceStorage

extension SearchLaws {
    /// A shelf of shoes: what the laws of filters and counts look at.
    private static func shoes() -> [SearchDocument] {
        func shoe(
            _ key: SearchKey,
            _ brand: SearchValue,
            _ categories: Set<SearchValue>,
            _ price: Int64?,
            _ isInStock: Bool
        ) -> SearchDocument {
            SearchDocument(
                key,
                revision: .init(1),
                title: "shoe",
                facets: ["brand": [brand], "category": categories],
                numbers: price.map { ["price": $0] } ?? [:],
                flags: isInStock ? ["in stock"] : []
            )
        }
        return [
            shoe("a", "x", ["shoes", "boots"], 10, true), shoe("b", "x", ["shoes", "boots", "rain"], 20, false),
            shoe("c", "y", ["shoes", "sandals"], 30, true), shoe("d", "y", ["shoes"], 30, true),
            shoe("e", "z", ["shoes", "boots"], nil, true),
        ]
    }

    /// Any of the values of one filter, and all filters.
    public static let facetsAreChosen = SearchLaw(
        "filters.facets",
        "A filter is met by any of its values, a query by all of its filters, two of one facet included."
    ) { probe in
        try await probe.update(shoes().map { .put($0) })
        let expected: [([SearchFilter], [String])] = [
            ([.facet("brand", anyOf: ["x"])], ["a", "b"]),
            ([.facet("brand", anyOf: ["x", "z"])], ["a", "b", "e"]),
            (
                [.facet("brand", anyOf: ["x", "y"]), .facet("category", anyOf: ["boots", "sandals"])], ["a", "b", "c"]
            ),
            ([.facet("category", anyOf: ["boots"]), .facet("category", anyOf: ["rain"])], ["b"]),
            ([.facet("category", anyOf: ["shoes"])], ["a", "b", "c", "d", "e"]),
            ([.facet("brand", anyOf: ["w"])], []), ([.facet("brand", anyOf: ["w", "z"])], ["e"]),
            ([.facet("colour", anyOf: ["x"])], []), ([.facet("in stock", anyOf: ["x"])], []),
        ]
        for (filters, keys) in expected {
            try await probe.demand(keys, of: SearchQuery(where: filters), "the filters")
            try await probe.demand(keys, of: SearchQuery("shoe", where: filters), "the filters beside a word")
        }
    }

    /// Numbers lie within bounds that are included.
    public static let numbersAreBounded = SearchLaw(
        "filters.numbers",
        "A number lies within its bounds, both included; a document without the number meets no bound, and even none."
    ) { probe in
        try await probe.update(shoes().map { .put($0) })
        try await probe.put(
            SearchDocument("low", revision: .init(1), numbers: ["price": .min]),
            SearchDocument("top", revision: .init(1), numbers: ["price": .max])
        )
        let expected: [(Int64?, Int64?, [String])] = [
            (10, 20, ["a", "b"]), (11, 29, ["b"]), (30, 30, ["c", "d"]), (21, nil, ["c", "d", "top"]),
            (nil, 10, ["a", "low"]), (nil, nil, ["a", "b", "c", "d", "low", "top"]), (31, 40, []), (20, 10, []),
            (.max, nil, ["top"]), (nil, .min, ["low"]), (.max, .min, []),
        ]
        for (lower, upper, keys) in expected {
            let filter = SearchFilter.number("price", atLeast: lower, atMost: upper)
            try await probe.demand(keys, of: SearchQuery(where: [filter]), "the bounds")
        }
        let both = [SearchFilter.number("price", atLeast: 10), .number("price", atMost: 20)]
        try await probe.demand(["a", "b"], of: SearchQuery("shoe", where: both), "two bounds of one number")
        let none = [SearchFilter.number("price", atLeast: 25), .number("price", atMost: 20)]
        let result = try await probe.find(SearchQuery("shoe", where: none, counting: ["brand"]))
        let empty = SearchResult(hits: [], total: .exactly(0), facets: ["brand": []])
        try LawBreach.unlessEqual(result, empty, "what bounds that contradict each other find")
        try await probe.demand([], of: SearchQuery(where: [.number("size")]), "a number nobody has")
    }

    /// A flag is set or not.
    public static let flagsAreDemanded = SearchLaw(
        "filters.flags",
        "A flag is met where it is set; it is no value of a facet of its name."
    ) { probe in
        try await probe.update(shoes().map { .put($0) })
        let query = SearchQuery("shoe", where: [.flag("in stock")], counting: ["in stock"])
        try await probe.demand(["a", "c", "d", "e"], of: query, "the flag")
        try LawBreach.unlessEqual(try await probe.find(query).facets, ["in stock": []], "the counts of a flag")
        let both = SearchQuery(where: [.flag("in stock"), .facet("brand", anyOf: ["x"])])
        try await probe.demand(["a"], of: both, "the flag and a facet")
        try await probe.demand([], of: SearchQuery(where: [.flag("brand")]), "a facet is no flag")
    }

    /// Values are counted as if their own facet were not filtered.
    public static let facetsAreCounted = SearchLaw(
        "facets.counts",
        "The values of a facet are counted under all conditions but those on that facet, on every page alike."
    ) { probe in
        try await probe.update(shoes().map { .put($0) })
        let filters = [
            SearchFilter.facet("brand", anyOf: ["x"]), .facet("category", anyOf: ["boots"]), .flag("in stock"),
        ]
        var query = SearchQuery("shoe", where: filters, counting: ["brand", "category", "colour"], limit: 0)
        let expected: [SearchField: [FacetCount]] = [
            "brand": [FacetCount("x", count: 1), FacetCount("z", count: 1)],
            "category": [FacetCount("boots", count: 1), FacetCount("shoes", count: 1)],
            "colour": [],
        ]
        let result = try await probe.find(query)
        try LawBreach.unlessEqual(result, SearchResult(hits: [], total: .exactly(1), facets: expected), "the counts")
        query = SearchQuery(where: [.facet("brand", anyOf: ["x", "y"])], counting: ["category", "brand"], limit: 3)
        for _ in 1...2 {
            let page = try await probe.find(query)
            let categories = page.facets["category"]?.map { "\($0.value) \($0.count)" }
            try LawBreach.unlessEqual(categories, ["shoes 4", "boots 2", "rain 1", "sandals 1"], "the categories")
            let brands = page.facets["brand"]?.map { "\($0.value) \($0.count)" }
            try LawBreach.unlessEqual(brands, ["x 2", "y 2", "z 1"], "the brands")
            query.cursor = page.next
        }
        // Only the values with the highest counts are reported.
        let many = (0..<(SearchLimits.valuesPerFacet + 20)).map { number in
            SearchDocument(
                LawNames.key(number),
                revision: .init(1),
                facets: ["seller": [LawNames.key(number / 2).retyped()]]
            )
        }
        try await probe.update(many.map { .put($0) })
        try await probe.put(
            SearchDocument("more", revision: .init(1), facets: ["seller": [LawNames.key(59).retyped()]])
        )
        let sellers = try await probe.find(SearchQuery(counting: ["seller"])).facets["seller"] ?? []
        let numbers = [59] + (0..<59)
        let top = numbers.map { FacetCount(LawNames.key($0).retyped(), count: $0 == 59 ? 3 : 2) }
        try LawBreach.unlessEqual(sellers, Array(top.prefix(SearchLimits.valuesPerFacet)), "the sellers")
    }

    /// Names and values are bytes.
    public static let namesAreBytes = SearchLaw(
        "names.bytes",
        "Keys, names and values are told apart by their bytes, whatever they hold, and are ordered as bytes."
    ) { probe in
        let names = ["e\u{301}", "\u{E9}", "E", "e", "e ", "'", "\"", "%", "_", "a'b", "{x}", "\\", "$1", "\u{1F600}"]
        for name in names {
            let (key, field, value) = (try SearchKey(name), try SearchField(name), try SearchValue(name))
            try await probe.put(
                SearchDocument(
                    key,
                    revision: .init(1),
                    title: "t",
                    facets: [field: [value]],
                    numbers: [field: 1],
                    flags: [field]
                )
            )
        }
        for name in names {
            let (field, value) = (try SearchField(name), try SearchValue(name))
            let filters = [SearchFilter.facet(field, anyOf: [value]), .number(field, atLeast: 1), .flag(field)]
            let query = SearchQuery(where: filters, counting: [field], sortedBy: .descending(field))
            try await probe.demand([name], of: query, "the name")
            let facets = try await probe.find(query).facets
            try LawBreach.unlessEqual(facets, [field: [FacetCount(value, count: 1)]], "the counts")
        }
        let sorted = names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        try await probe.demandBytes(sorted, of: SearchQuery(limit: names.count))
        var cursor: SearchCursor?
        for name in sorted {
            let page = try await probe.find(SearchQuery(limit: 1, after: cursor))
            try LawBreach.unlessEqual(page.hits.map(\.key), [try SearchKey(name)], "the page")
            cursor = page.next
        }
    }
}

extension SearchProbe {
    /// Demands that a query finds exactly these keys, told apart by their bytes.
    fileprivate func demandBytes(_ names: [String], of query: SearchQuery) async throws {
        let expected = try names.map { try SearchKey($0) }
        try LawBreach.unlessEqual(try await find(query).hits.map(\.key), expected, "all keys")
    }
}
