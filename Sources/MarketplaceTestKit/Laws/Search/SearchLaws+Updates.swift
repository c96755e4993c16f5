import MarketplaceCore
import MarketplaceStorage

extension SearchLaws {
    /// A document is found as it was put last, and by nothing it had before.
    public static let putsReplace = SearchLaw(
        "update.replaces",
        "A document is found as it was put last, and by no word, value, number or flag that it had before."
    ) { probe in
        try await probe.put(
            SearchDocument(
                "a",
                revision: .init(1),
                title: "red shoe",
                body: "leather",
                facets: ["brand": ["x"]],
                numbers: ["price": 5],
                flags: ["in stock"]
            )
        )
        try await probe.put(
            SearchDocument("a", revision: .init(2), title: "blue boot", facets: ["brand": ["y"]], numbers: ["size": 5])
        )
        try await probe.demand(["a"], of: SearchQuery("blue boot"), "it is found as it is")
        for words in ["red", "shoe", "leather"] { try await probe.demand([], of: SearchQuery(words), "it was once so") }
        let gone: [SearchFilter] = [.facet("brand", anyOf: ["x"]), .number("price"), .flag("in stock")]
        for filter in gone { try await probe.demand([], of: SearchQuery(where: [filter]), "it was once so") }
        let result = try await probe.find(SearchQuery(counting: ["brand"]))
        try LawBreach.unlessEqual(result.facets, ["brand": [FacetCount("y", count: 1)]], "the counts")
        try LawBreach.unlessEqual(result.total, .exactly(1), "how many there are")
    }

    /// The same change made again changes nothing.
    public static let repeatsChangeNothing = SearchLaw(
        "update.repeats",
        "An update that is made again changes nothing, whatever another document of the same revision says."
    ) { probe in
        let change = SearchChange.put(SearchDocument("a", revision: .init(3), title: "first", flags: ["f"]))
        for _ in 1...3 { try await probe.update(change) }
        try await probe.put(SearchDocument("a", revision: .init(3), title: "second"))
        try await probe.demand(["a"], of: SearchQuery("first", where: [.flag("f")]), "the first stays")
        try await probe.demand([], of: SearchQuery("second"), "the second of one revision changes nothing")
        let total = try await probe.find(SearchQuery()).total
        try LawBreach.unlessEqual(total, .exactly(1), "how many there are")
    }

    /// A change of an earlier revision changes nothing.
    public static let lateChangesChangeNothing = SearchLaw(
        "update.order",
        "Changes may arrive in any order: one of a lower revision than the last changes nothing."
    ) { probe in
        try await probe.put(SearchDocument("a", revision: .init(5), title: "five"))
        try await probe.put(SearchDocument("a", revision: .init(4), title: "four"))
        try await probe.update(.delete("a", revision: .init(3)))
        try await probe.demand(["a"], of: SearchQuery("five"), "the latest stays")
        try await probe.demand([], of: SearchQuery("four"), "the late one changes nothing")
        try await probe.put(SearchDocument("b", revision: .init(.min), title: "least"))
        try await probe.put(SearchDocument("b", revision: .init(.max), title: "most"))
        try await probe.demand(["b"], of: SearchQuery("most"), "revisions are any numbers")
    }

    /// What was deleted stays away until a later revision is put.
    public static let deletionsLast = SearchLaw(
        "update.deletes",
        "A deleted document is not found, an earlier revision that arrives late does not bring it back, a later does."
    ) { probe in
        try await probe.put(SearchDocument("a", revision: .init(1), title: "word", facets: ["f": ["v"]]))
        try await probe.update(.delete("a", revision: .init(3)), .delete("b", revision: .init(3)))
        for key in ["a", "b"] as [SearchKey] {
            try await probe.put(SearchDocument(key, revision: .init(2), title: "word"))
            try await probe.put(SearchDocument(key, revision: .init(3), title: "word"))
        }
        try await probe.demand([], of: SearchQuery("word"), "it was deleted")
        let result = try await probe.find(SearchQuery(counting: ["f"]))
        try LawBreach.unlessEqual(result.facets, ["f": []], "the counts")
        try LawBreach.unlessEqual(result.total, .exactly(0), "how many there are")
        try await probe.put(SearchDocument("a", revision: .init(4), title: "word"))
        try await probe.demand(["a"], of: SearchQuery("word"), "a later revision is put")
    }

    /// Of several changes of one key in one update the highest revision counts.
    public static let lastOfABatchCounts = SearchLaw(
        "update.batch",
        "Of several changes of one document in one update that of the highest revision counts, wherever it stands."
    ) { probe in
        try await probe.update(
            .put(SearchDocument("a", revision: .init(2), title: "two")),
            .put(SearchDocument("a", revision: .init(3), title: "three")),
            .put(SearchDocument("a", revision: .init(1), title: "one")),
            .put(SearchDocument("b", revision: .init(1), title: "one")),
            .delete("b", revision: .init(2))
        )
        try await probe.demand(["a"], of: SearchQuery(), "what is left")
        try await probe.demand(["a"], of: SearchQuery("three"), "the highest revision")
        try await probe.update([])
        let all = (0..<SearchLimits.changes).map { number in
            SearchChange.put(SearchDocument(LawNames.key(number), revision: .init(1), title: "many"))
        }
        try await probe.update(all)
        let total = try await probe.find(SearchQuery("many")).total
        try LawBreach.unlessEqual(total, .exactly(all.count), "how many of a full update are there")
    }

    /// An update with one change that breaks a bound changes nothing.
    public static let refusedUpdatesChangeNothing = SearchLaw(
        "update.all-or-nothing",
        "An update of which one change breaks a bound is refused, and changes nothing."
    ) { probe in
        try await probe.put(SearchDocument("a", revision: .init(1), title: "old"))
        let long = String(repeating: "x", count: SearchLimits.titleBytes + 1)
        let code = try await probe.refusal("a title that is too long") {
            try await probe.put(
                SearchDocument("a", revision: .init(2), title: "new"),
                SearchDocument("b", revision: .init(1)),
                SearchDocument("c", revision: .init(1), title: long),
                SearchDocument("d", revision: .init(1))
            )
        }
        try LawBreach.unlessEqual(code, .invalid, "why it was refused")
        try await probe.demand(["a"], of: SearchQuery(), "what is there")
        try await probe.demand(["a"], of: SearchQuery("old"), "what is there")
    }

    /// Updates of one document that are made at once end at the highest revision.
    public static let racesEndAtTheLatest = SearchLaw(
        "update.races",
        "Updates of the same documents made at once end with the highest revision of each."
    ) { probe in
        let keys = ["a", "b", "c"] as [SearchKey]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for revision in [3, 9, 1, 7, 5, 8, 2, 6, 4, 10] as [Int64] {
                group.addTask {
                    // In opposite orders: who locks row by row must not meet another who does.
                    let order = revision.isMultiple(of: 2) ? keys : keys.reversed()
                    try await probe.update(
                        order.map { key in
                            .put(SearchDocument(key, revision: .init(revision), title: "r\(revision)"))
                        }
                    )
                }
            }
            try await group.waitForAll()
        }
        try await probe.demand(["a", "b", "c"], of: SearchQuery("r10"), "the highest revision")
        try await probe.demand(["a", "b", "c"], of: SearchQuery(), "everything")
    }

    /// What is put in one namespace is not found in another.
    public static let namespacesAreApart = SearchLaw(
        "namespaces",
        "Documents, revisions and counts of one namespace have no bearing on another."
    ) { probe in
        let document = SearchDocument(
            "a",
            revision: .init(5),
            title: "word",
            facets: ["f": ["v"]],
            numbers: ["n": 1],
            flags: ["g"]
        )
        try await probe.put(document)
        let query = SearchQuery("word", where: [.flag("g")], counting: ["f"], sortedBy: .ascending("n"))
        try await probe.other.demand([], of: query, "the other namespace")
        try await probe.other.demand([], of: SearchQuery(), "the other namespace")
        let counts = try await probe.other.find(query).facets
        try LawBreach.unlessEqual(counts, ["f": []], "the counts of the other namespace")
        try await probe.other.put(SearchDocument("a", revision: .init(2), title: "word"))
        try await probe.other.demand(["a"], of: SearchQuery("word"), "its own revisions")
        try await probe.other.update(.delete("a", revision: .init(9)))
        try await probe.demand(["a"], of: query, "a deletion in the other namespace")
    }

    /// What was acknowledged is found by whoever comes later.
    public static let indexesAreReopened = SearchLaw(
        "reopened",
        "What was put and deleted is so for another process that comes later, revisions included."
    ) { probe in
        try await probe.put(
            SearchDocument("a", revision: .init(5), title: "word", facets: ["f": ["v"]], numbers: ["n": 1])
        )
        try await probe.update(.delete("b", revision: .init(5)))
        var later = probe
        later.index = try await probe.site.reopen()
        try await later.put(SearchDocument("a", revision: .init(4)), SearchDocument("b", revision: .init(4)))
        let query = SearchQuery("word", where: [.facet("f", anyOf: ["v"]), .number("n", atLeast: 1, atMost: 1)])
        try await later.demand(["a"], of: query, "what was put")
        try await later.demand(["a"], of: SearchQuery(), "what was deleted")
    }
}
