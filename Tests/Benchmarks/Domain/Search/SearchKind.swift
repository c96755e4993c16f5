import MarketplaceCore
import MarketplaceStorage

/// The kinds of searches that are measured; what each asks follows from its number.
enum SearchKind: String, CaseIterable, Sendable {
    /// Two words, the best fit first.
    case words
    /// A word and the beginning of another, as while somebody types.
    case typing
    /// A subtree of categories within a range of prices, in stock, the cheapest first, with the counts of its brands.
    case browsing
    /// A frequent word in three of the brands, with the counts of all brands and categories.
    case facets

    var summary: String {
        switch self {
        case .words: "find by two words, the best fit first"
        case .typing: "find by a word and the beginning of another"
        case .browsing: "browse a subtree of categories by price and stock, cheapest first, and count the brands"
        case .facets: "find by a frequent word in three brands, and count brands and categories"
        }
    }

    /// What one search asks.
    struct Request: Sendable {
        var words: [Int] = []
        var prefix: Int?
        var category: Int?
        var prices: ClosedRange<Int>?
        var brands: [Int] = []
    }

    /// The request of a number.
    func request(_ number: Int) -> Request {
        var generator = SeededGenerator(seed: UInt64(number) &+ 1 << 40)
        switch self {
        case .words:
            return Request(words: [
                SearchCorpus.word(bits: 7, &generator), SearchCorpus.word(bits: 3, &generator),
            ])
        case .typing:
            return Request(
                words: [SearchCorpus.word(bits: 4, &generator)],
                prefix: 10 + SearchCorpus.natural(90, &generator)
            )
        case .browsing:
            let lowest = SearchCorpus.natural(SearchCorpus.highestPrice / 2, &generator)
            return Request(
                category: SearchCorpus.natural(100, &generator),
                prices: lowest...(lowest + SearchCorpus.highestPrice / 2)
            )
        case .facets:
            let brands = (0..<3).map { _ in SearchCorpus.natural(SearchCorpus.brandCount, &generator) }
            return Request(words: [SearchCorpus.word(bits: 2, &generator)], brands: Array(Set(brands)).sorted())
        }
    }

    /// The same as a query.
    func query(_ number: Int) throws -> SearchQuery {
        let request = request(number)
        let words = (request.words + [request.prefix].compactMap(\.self)).map(SearchCorpus.text)
        var query = SearchQuery(words.joined(separator: " "), lastWordIsPrefix: request.prefix != nil)
        if let category = request.category {
            let digits = String(String(category + 100).dropFirst())
            query.filters.append(.facet("category", anyOf: [try SearchCorpus.category(digits)]))
            query.filters.append(.flag("in stock"))
            query.facets = ["brand"]
            query.sort = .ascending("price")
        }
        if let prices = request.prices {
            let (lower, upper) = (Int64(prices.lowerBound), Int64(prices.upperBound))
            query.filters.append(.number("price", atLeast: lower, atMost: upper))
        }
        if !request.brands.isEmpty {
            query.filters.append(.facet("brand", anyOf: Set(try request.brands.map(SearchCorpus.brand))))
            query.facets = ["brand", "category"]
        }
        return query
    }
}
