public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceStorage

/// What a buyer looks for among products; see ``SearchIndexer``.
public struct ProductSearch: Sendable, Hashable {
    /// The order of what is found.
    public enum Order: Sendable, Hashable {
        /// What fits the words best.
        case relevance
        /// The lowest price in a currency first; products that are not sold in it come last.
        case cheapest(Currency)
        /// The highest price in a currency first.
        case dearest(Currency)
        /// What buyers like best.
        case bestRated
        /// What was sold most.
        case bestSold
        /// What was made last.
        case newest
    }

    /// What was typed: every word must be in the title or the text.
    public var words: String
    /// Whether the last word may be the beginning of one, as it is while somebody types.
    public var lastWordIsPrefix = false
    /// The category, with all that stands below it.
    public var category: CategoryID?
    /// The sellers; of all when there is none.
    public var sellers: Set<SellerID> = []
    /// Whether units must be free.
    public var isInStock = false
    /// The lowest price wanted.
    ///
    /// A product lies in a range of prices when the range from its lowest to its highest price meets it.
    public var minimumPrice: Money?
    /// The highest price wanted.
    public var maximumPrice: Money?
    /// The lowest average of stars wanted, in thousandths.
    public var minimumRatingThousandths: Int64?
    /// Texts or choices of attributes by name, one of which each must say.
    public var attributes: [String: Set<String>] = [:]
    /// Values of options by name, one of which each must offer.
    public var options: [String: Set<String>] = [:]
    /// The facets whose values are counted.
    public var facets: Set<SearchField> = []
    /// The order of what is found.
    public var order = Order.relevance
    /// The most products of a page.
    public var limit = SearchQuery.defaultLimit
    /// Where the page before this one ended.
    public var cursor: SearchCursor?

    /// A search for words; for everything without.
    public init(_ words: String = "") {
        self.words = words
    }

    /// Has the values of defined attributes counted: of texts and choices, which are facets.
    ///
    /// ```swift
    /// search.count(try await catalog.attributes(of: category))
    /// ```
    public mutating func count(_ definitions: some Sequence<AttributeDefinition>) {
        for definition in definitions where definition.type == .text || definition.type == .choice {
            if let field = ProductSearchField.attribute(definition.name) { facets.insert(field) }
        }
    }

    /// What an index is asked.
    ///
    /// - Throws: `SearchError` with the code `invalid` when a name or a value can be none of a product.
    public func query() throws(SearchError) -> SearchQuery {
        var filters: [SearchFilter] = []
        if let category { filters.append(.facet(ProductSearchField.category, anyOf: [SearchValue(category)])) }
        if !sellers.isEmpty {
            filters.append(.facet(ProductSearchField.seller, anyOf: Set(sellers.map { SearchValue($0) })))
        }
        if isInStock { filters.append(.flag(ProductSearchField.inStock)) }
        if let minimumPrice {
            let field = ProductSearchField.highestPrice(minimumPrice.currency)
            filters.append(.number(field, atLeast: minimumPrice.minorUnits))
        }
        if let maximumPrice {
            let field = ProductSearchField.lowestPrice(maximumPrice.currency)
            filters.append(.number(field, atMost: maximumPrice.minorUnits))
        }
        if let minimumRatingThousandths {
            filters.append(.number(ProductSearchField.rating, atLeast: minimumRatingThousandths))
        }
        for (name, values) in attributes { filters.append(try Self.filter(ProductSearchField.attribute(name), values)) }
        for (name, values) in options { filters.append(try Self.filter(ProductSearchField.option(name), values)) }
        return SearchQuery(
            words,
            lastWordIsPrefix: lastWordIsPrefix,
            where: filters,
            counting: facets,
            sortedBy: sort,
            limit: limit,
            after: cursor
        )
    }

    private var sort: SearchSort {
        switch order {
        case .relevance: .relevance
        case .cheapest(let currency): .ascending(ProductSearchField.lowestPrice(currency))
        case .dearest(let currency): .descending(ProductSearchField.highestPrice(currency))
        case .bestRated: .descending(ProductSearchField.rating)
        case .bestSold: .descending(ProductSearchField.unitsSold)
        case .newest: .descending(ProductSearchField.createdAt)
        }
    }

    private static func filter(_ field: SearchField?, _ texts: Set<String>) throws(SearchError) -> SearchFilter {
        guard let field else { throw SearchError(.invalid, "a name is longer than that of any attribute or option") }
        var values: Set<SearchValue> = []
        for text in texts {
            do throws(TextKeyError) {
                values.insert(try SearchValue(validating: text))
            } catch {
                throw SearchError(.invalid, "a value of \(field): \(error)")
            }
        }
        return .facet(field, anyOf: values)
    }
}

extension SearchIndex {
    /// Finds one page of products.
    ///
    /// - Throws: `SearchError`, as ``SearchIndex/find(_:)`` does, and when a name or a value of the search can be none of
    ///   a product.
    public func find(_ search: ProductSearch) async throws(SearchError) -> SearchResult {
        try await find(try search.query())
    }
}

extension SearchHit {
    /// The product; nil when the document is none of ``SearchIndexer``.
    public var productID: ProductID? { ProductID(key.text) }
}
