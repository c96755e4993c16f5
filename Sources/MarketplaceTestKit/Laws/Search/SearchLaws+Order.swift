import MarketplaceCore
import MarketplaceStorage

extension SearchLaws {
    /// More words in the title, then more in the body, then the lower key.
    public static let fitComesFirst = SearchLaw(
        "order.relevance",
        "The document with more of the words in its title comes first, then that with more in its body, then by key."
    ) { probe in
        try await probe.put(
            SearchDocument("a", revision: .init(1), title: "other", body: "red shoe red shoe"),
            SearchDocument("b", revision: .init(1), title: "red red red", body: "shoe"),
            SearchDocument("c", revision: .init(1), title: "shoe", body: "red shoe"),
            SearchDocument("d", revision: .init(1), title: "red shoe"),
            SearchDocument("e", revision: .init(1), title: "shoe red", body: "shoe"),
            SearchDocument("f", revision: .init(1), title: "red shoe")
        )
        let hits = try await probe.find(SearchQuery("red shoe")).hits
        let expected: [(SearchKey, Int, Int)] = [
            ("e", 2, 1), ("d", 2, 0), ("f", 2, 0), ("c", 1, 2), ("b", 1, 1), ("a", 0, 2),
        ]
        try LawBreach.unlessEqual(
            hits,
            expected.map { SearchHit($0.0, score: SearchScore(titleWords: $0.1, bodyWords: $0.2)) },
            "the order"
        )
        let one = try await probe.find(SearchQuery("red", where: [.number("n")], sortedBy: .ascending("n")))
        try LawBreach.unlessEqual(one.hits, [], "a number nobody has")
        let sorted = try await probe.find(SearchQuery("red shoe", sortedBy: .ascending("n"), limit: 2)).hits
        let scored = [
            SearchHit("a", score: SearchScore(titleWords: 0, bodyWords: 2)),
            SearchHit("b", score: SearchScore(titleWords: 1, bodyWords: 1)),
        ]
        try LawBreach.unlessEqual(sorted, scored, "scores in another order")
    }

    /// Numbers order up and down, ties by key, and what has none comes last.
    public static let numbersOrder = SearchLaw(
        "order.numbers",
        "Numbers order ascending and descending, ties by ascending key; a document without the number comes last."
    ) { probe in
        let numbers: [(SearchKey, Int64?)] = [
            ("a", 5), ("b", -5), ("c", nil), ("d", 5), ("e", .min), ("f", .max), ("g", 0), ("h", nil),
        ]
        try await probe.update(
            numbers.map { key, number in
                .put(SearchDocument(key, revision: .init(1), title: "t", numbers: number.map { ["n": $0] } ?? [:]))
            }
        )
        let orders: [(SearchSort, [String])] = [
            (.ascending("n"), ["e", "b", "g", "a", "d", "c", "f", "h"]),
            (.descending("n"), ["f", "a", "d", "g", "b", "c", "e", "h"]),
            (.ascending("other"), ["a", "b", "c", "d", "e", "f", "g", "h"]),
        ]
        for (sort, keys) in orders {
            for words in ["", "t"] {
                try await probe.demand(keys, of: SearchQuery(words, sortedBy: sort), "the order")
                for limit in 1...9 {
                    try await probe.demandPages(keys, of: SearchQuery(words, sortedBy: sort, limit: limit))
                }
            }
        }
    }

    /// Pages neither overlap nor skip, even while other documents come and go.
    public static let pagesNeitherOverlapNorSkip = SearchLaw(
        "pages.stable",
        "Pages neither overlap nor skip, also when documents on earlier pages go and new ones come before them."
    ) { probe in
        let documents = (0..<30).map { number in
            SearchDocument(
                LawNames.key(100 + number),
                revision: .init(1),
                title: number.isMultiple(of: 3) ? "w" : "",
                body: "w",
                numbers: ["n": Int64(number % 4)]
            )
        }
        try await probe.update(documents.map { .put($0) })
        for sort in [SearchSort.relevance, .ascending("n"), .descending("n")] {
            let all = try await probe.keys(SearchQuery("w", sortedBy: sort, limit: 30))
            try LawBreach.unlessEqual(Set(all).count, 30, "how many different ones there are")
            for limit in [1, 7, 30] {
                try await probe.demandPages(all, of: SearchQuery("w", sortedBy: sort, limit: limit))
            }
        }
        let sort = SearchSort.ascending("n")
        let all = try await probe.keys(SearchQuery("w", sortedBy: sort, limit: 30))
        let first = try await probe.find(SearchQuery("w", sortedBy: sort, limit: 10))
        for hit in first.hits { try await probe.update(.delete(hit.key, revision: .init(2))) }
        try await probe.put(SearchDocument("0", revision: .init(1), title: "w", numbers: ["n": 0]))
        let second = try await probe.keys(SearchQuery("w", sortedBy: sort, limit: 20, after: first.next))
        try LawBreach.unlessEqual(second, Array(all[10...]), "the second page")
    }

    /// A cursor is a text that can be carried through the world.
    public static let cursorsTravel = SearchLaw(
        "cursors.text",
        "A cursor is read back from its text; a text that is none is refused."
    ) { probe in
        let keys = ["a", "é\"'", "z"]
        for key in keys {
            try await probe.put(SearchDocument(try SearchKey(key), revision: .init(1), numbers: ["n": -1]))
        }
        let query = SearchQuery(sortedBy: .descending("n"), limit: 1)
        let cursor = try await probe.find(query).next
        guard let cursor else { throw LawBreach(expected: "a second page", found: "none") }
        let read = try SearchCursor(validating: cursor.text)
        try LawBreach.unlessEqual(read, cursor, "the cursor")
        var next = query
        next.cursor = read
        try LawBreach.unlessEqual(try await probe.find(next).hits.map(\.key), ["z"], "the second page")
        let damaged = [
            "", "0", "zz", "'; --", String(cursor.text.dropLast(2)), cursor.text + "00",
            String(repeating: "0", count: 100_000), "02" + cursor.text.dropFirst(2),
        ]
        for text in damaged {
            let code = try await probe.refusal("the text \(text.prefix(40))") { _ = try SearchCursor(validating: text) }
            try LawBreach.unlessEqual(code, .foreignCursor, "why it is refused")
        }
    }

    /// A cursor belongs to what was looked for and in which order.
    public static let cursorsStayWithTheirQuery = SearchLaw(
        "cursors.query",
        "A cursor of another query is refused; another size of pages or other facets make no other query."
    ) { probe in
        try await probe.update(
            (0..<10).map { number in
                .put(SearchDocument(LawNames.key(number), revision: .init(1), title: "w v", numbers: ["n": 1]))
            }
        )
        let query = SearchQuery("w", where: [.number("n", atMost: 1)], sortedBy: .ascending("n"), limit: 2)
        let cursor = try await probe.find(query).next
        var others = [query, query, query, query, query, query]
        others[0].words = "v"
        others[1].lastWordIsPrefix = true
        others[2].filters = [.number("n", atMost: 2)]
        others[3].sort = .descending("n")
        others[4].filters = []
        others[5].sort = .relevance
        for var other in others {
            other.cursor = cursor
            let code = try await probe.refusal("the cursor of another query") { _ = try await probe.find(other) }
            try LawBreach.unlessEqual(code, .foreignCursor, "why it is refused")
        }
        var same = query
        same.cursor = cursor
        same.limit = 5
        same.facets = ["f"]
        let expected = (2..<7).map { LawNames.key($0) }
        try LawBreach.unlessEqual(try await probe.find(same).hits.map(\.key), expected, "the second page")
    }
}

extension SearchProbe {
    /// Demands that the pages of a query hold exactly these keys.
    fileprivate func demandPages(_ keys: [String], of query: SearchQuery) async throws {
        var (query, found) = (query, [String]())
        repeat {
            let page = try await find(query)
            found += page.hits.map(\.key.text)
            query.cursor = page.next
            try LawBreach.unless(found.count <= keys.count, "\(keys.count) hits on all pages", found: "\(found)")
        } while query.cursor != nil
        try LawBreach.unlessEqual(found, keys, "the pages of \(query.limit)")
    }
}
