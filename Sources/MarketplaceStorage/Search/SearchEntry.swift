public import MarketplaceCore

/// What an index keeps of a document: its words, terms and numbers, within the limits; for adapters.
public struct SearchEntry: Hashable, Sendable {
    /// Where a word of a document stands.
    public struct Place: OptionSet, Hashable, Sendable {
        /// The bits.
        public let rawValue: UInt8

        /// Places of those bits.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// In the title.
        public static let title = Place(rawValue: 1)
        /// In the body.
        public static let body = Place(rawValue: 2)
    }

    /// The key.
    public let key: SearchKey
    /// The revision.
    public let revision: DocumentRevision
    /// The words with the places where they stand.
    public let words: [SearchWord: Place]
    /// The values of facets, and the flags.
    public let terms: [SearchTerm]
    /// The numbers.
    public let numbers: [SearchField: Int64]

    /// Makes what is kept of a document.
    ///
    /// - Throws: ``SearchError`` with ``SearchError/Code/invalid`` when the document breaks one of ``SearchLimits``.
    public init(_ document: SearchDocument) throws(SearchError) {
        let bounds = [
            ("bytes of its title", document.title.utf8.count, SearchLimits.titleBytes),
            ("bytes of its body", document.body.utf8.count, SearchLimits.bodyBytes),
            ("numbers", document.numbers.count, SearchLimits.numbersPerDocument),
            (
                "values and flags", document.facets.values.reduce(document.flags.count) { $0 + $1.count },
                SearchLimits.termsPerDocument
            ),
        ]
        for (what, count, maximum) in bounds where count > maximum {
            throw SearchError(.invalid, "document \(document.key) has \(count) \(what), at most \(maximum) are allowed")
        }
        key = document.key
        revision = document.revision
        numbers = document.numbers
        let values = document.facets.flatMap { field, values in values.map { SearchTerm(field, $0) } }
        terms = (values + document.flags.map { SearchTerm($0, nil) }).sorted()
        var words: [SearchWord: Place] = [:]
        for (text, place) in [(document.title, Place.title), (document.body, Place.body)] {
            SearchTokenizer.eachWord(of: text) { word in
                guard words.count < SearchLimits.wordsPerDocument || words[word] != nil else { return }
                words[word, default: []].formUnion(place)
            }
        }
        self.words = words
    }
}
