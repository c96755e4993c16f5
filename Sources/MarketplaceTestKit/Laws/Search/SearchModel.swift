import MarketplaceCore
import MarketplaceStorage

/// What a search has to find, by looking at every document: slow, and plain enough to be believed.
struct SearchModel: Sendable {
    private var last: [SearchKey: SearchChange] = [:]

    /// The documents that are there.
    var documents: [SearchDocument] {
        last.values.compactMap { if case .put(let document) = $0 { document } else { nil } }
    }

    mutating func apply(_ change: SearchChange) {
        if let earlier = last[change.key], earlier.revision >= change.revision { return }
        last[change.key] = change
    }

    /// All hits of a query, its limit and cursor left out.
    func hits(_ query: SearchQuery) -> [SearchHit] {
        let found = documents.filter { document in
            Self.words(of: query).allSatisfy { Self.places($0, in: document) != (false, false) }
                && query.filters.allSatisfy { Self.meets($0, document) }
        }
        let ranked = found.map { document in
            let score = Self.score(document, query)
            return (document.key, score, query.sort.value(score: score) { document.numbers[$0] })
        }
        let sorted = ranked.sorted { left, right in
            if left.2 != right.2 { return query.sort.isAscending ? left.2 < right.2 : left.2 > right.2 }
            return left.0 < right.0
        }
        return sorted.map { SearchHit($0.0, score: $0.1) }
    }

    /// The counts of the facets of a query.
    func facets(_ query: SearchQuery) -> [SearchField: [FacetCount]] {
        var facets: [SearchField: [FacetCount]] = [:]
        for field in query.facets {
            var open = query
            open.filters.removeAll { if case .facet(field, _) = $0 { true } else { false } }
            let found = Set(hits(open).map(\.key))
            var counts: [SearchValue: Int] = [:]
            for document in documents where found.contains(document.key) {
                for value in document.facets[field] ?? [] { counts[value, default: 0] += 1 }
            }
            let sorted = counts.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
            facets[field] = sorted.prefix(SearchLimits.valuesPerFacet).map { FacetCount($0.key, count: $0.value) }
        }
        return facets
    }

    /// A word of a query, and whether it may be the beginning of one.
    private struct Word {
        let word: SearchWord
        let isPrefix: Bool
    }

    private static func words(of query: SearchQuery) -> [Word] {
        var words: [SearchWord] = []
        SearchTokenizer.eachWord(ofQuery: query.words) { words.append($0) }
        let prefix = query.lastWordIsPrefix ? words.popLast() : nil
        return Set(words).map { Word(word: $0, isPrefix: false) }
            + [prefix].compactMap(\.self).map {
                Word(word: $0, isPrefix: true)
            }
    }

    private static func places(_ word: Word, in document: SearchDocument) -> (title: Bool, body: Bool) {
        func isIn(_ text: String) -> Bool {
            var isIn = false
            SearchTokenizer.eachWord(of: text) { found in
                let matches = word.isPrefix ? found.text.utf8.starts(with: word.word.text.utf8) : found == word.word
                if matches { isIn = true }
            }
            return isIn
        }
        return (isIn(document.title), isIn(document.body))
    }

    private static func score(_ document: SearchDocument, _ query: SearchQuery) -> SearchScore {
        let places = words(of: query).map { Self.places($0, in: document) }
        return SearchScore(titleWords: places.count { $0.title }, bodyWords: places.count { $0.body })
    }

    private static func meets(_ filter: SearchFilter, _ document: SearchDocument) -> Bool {
        switch filter {
        case .facet(let field, let values): !(document.facets[field] ?? []).isDisjoint(with: values)
        case .flag(let flag): document.flags.contains(flag)
        case .number(let field, let lower, let upper):
            document.numbers[field].map { $0 >= lower ?? .min && $0 <= upper ?? .max } ?? false
        }
    }
}
