import MarketplaceCore
import MarketplaceStorage

/// What a law of search works with: the indexes of a site, whose calls are noted.
struct SearchProbe: Sendable {
    let site: SearchSite
    let history: LawHistory
    /// The index that is called.
    var index: any SearchIndex

    init(_ site: SearchSite, history: LawHistory) {
        self.site = site
        self.history = history
        index = site.index
    }

    /// The same, of the other namespace.
    var other: SearchProbe {
        var probe = self
        probe.index = site.other
        return probe
    }

    func update(_ changes: SearchChange...) async throws { try await update(changes) }

    func update(_ changes: [SearchChange]) async throws {
        let tick = history.begin()
        let call = "update \(changes.prefix(8).map(\.summary).joined(separator: ", "))"
        do {
            try await index.update(changes)
            history.end(tick, call)
        } catch {
            history.end(tick, "\(call) → \(error)")
            throw error
        }
    }

    func put(_ documents: SearchDocument...) async throws { try await update(documents.map { .put($0) }) }

    func find(_ query: SearchQuery) async throws -> SearchResult {
        let tick = history.begin()
        do {
            let result = try await index.find(query)
            history.end(tick, "find \(query.summary) → \(result.hits.map { "\($0.key):\($0.score.value)" })")
            return result
        } catch {
            history.end(tick, "find \(query.summary) → \(error)")
            throw error
        }
    }

    /// The keys of the hits of a query.
    func keys(_ query: SearchQuery) async throws -> [String] { try await find(query).hits.map(\.key.text) }

    /// Demands that a query finds exactly these, in this order.
    func demand(_ keys: [String], of query: SearchQuery, _ what: String) async throws {
        try LawBreach.unlessEqual(try await self.keys(query), keys, "\(what), by \(query.summary)")
    }

    /// The error of a call that must be refused.
    func refusal(_ what: String, _ body: () async throws -> Void) async throws -> SearchError.Code {
        do {
            try await body()
        } catch let error as SearchError {
            return error.code
        }
        throw LawBreach(expected: "\(what) is refused", found: "it was not")
    }

    /// Demands that a query finds, page by page, what the model finds.
    func demandAgreement(with model: SearchModel, on query: SearchQuery, _ what: String) async throws {
        let expected = model.hits(query)
        let facets = model.facets(query)
        var found: [SearchHit] = []
        var page = query
        repeat {
            let result = try await find(page)
            let what = "\(what): \(page.summary)"
            try LawBreach.unlessEqual(result.facets, facets, "the facets of \(what)")
            switch result.total {
            case .exactly(let count): try LawBreach.unlessEqual(count, expected.count, "the total of \(what)")
            case .atLeast(let count):
                let isHonest = count >= min(expected.count, SearchLimits.countedHits) && count <= expected.count
                try LawBreach.unless(isHonest, "the total of \(what): about \(expected.count)", found: "\(count)")
            }
            let rest = expected.dropFirst(found.count)
            try LawBreach.unlessEqual(result.hits, Array(rest.prefix(query.limit)), "the page of \(what)")
            let isLast = query.limit == 0 || rest.count <= query.limit
            try LawBreach.unlessEqual(result.next == nil, isLast, "whether the page is the last one of \(what)")
            found += result.hits
            page.cursor = result.next
        } while page.cursor != nil
    }
}

extension Law where Subject == SearchSite {
    /// Makes a law whose body works with a probe.
    init(_ name: String, _ statement: String, probing body: @escaping @Sendable (SearchProbe) async throws -> Void) {
        self.init(name, statement) { site, history in
            try await body(SearchProbe(site, history: history))
        }
    }
}

extension SearchChange {
    /// The change in a few words.
    var summary: String {
        switch self {
        case .put(let document): "put \(document.key)@\(document.revision) \"\(document.title)\""
        case .delete(let key, let revision): "delete \(key)@\(revision)"
        }
    }
}

extension SearchQuery {
    /// The query in a few words.
    var summary: String {
        var parts = ["\"\(words)\(lastWordIsPrefix ? "…" : "")\""]
        if !filters.isEmpty { parts.append("where \(filters)") }
        if !facets.isEmpty { parts.append("counting \(facets.sorted())") }
        if sort != .relevance { parts.append("by \(sort)") }
        parts.append("limit \(limit)")
        if cursor != nil { parts.append("behind a page") }
        return parts.joined(separator: " ")
    }
}
