import MarketplaceCore
import MarketplaceStorage

/// Random changes and queries over few words, values and numbers, so that they meet.
struct RandomSearch {
    private static let words = [
        "red", "Rot", "rôt", "shoe", "shoes", "sho", "x", "東京", "京都", "대한민국", "민국", "7", "77", "straße", "and", "not",
    ]
    private static let fields: [SearchField] = ["f", "g", "h'"]
    private static let values: [SearchValue] = ["u", "v", "w", "é", "e\u{301}"]

    private var generator: SeededGenerator
    private var revision: Int64 = 0

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    private mutating func natural(below bound: Int) -> Int { Int(generator.next(through: UInt64(bound - 1))) }

    private mutating func some<Element>(_ elements: [Element], atMost count: Int) -> [Element] {
        (0..<natural(below: count + 1)).map { _ in elements[natural(below: elements.count)] }
    }

    private mutating func text(_ count: Int) -> String { some(Self.words, atMost: count).joined(separator: " ") }

    private mutating func number() -> Int64 { [-2, -1, 0, 1, 2, 3, .min, .max][natural(below: 8)] }

    /// A few changes of a few documents, some of them late.
    mutating func changes() -> [SearchChange] {
        (0..<(1 + natural(below: 12))).map { _ in
            revision += 1
            let key = LawNames.key(natural(below: 40))
            let at = DocumentRevision(revision - Int64(natural(below: 4) == 0 ? natural(below: 30) : 0))
            guard natural(below: 6) > 0 else { return .delete(key, revision: at) }
            var facets: [SearchField: Set<SearchValue>] = [:]
            var numbers: [SearchField: Int64] = [:]
            for field in Self.fields {
                let values = some(Self.values, atMost: 2)
                if !values.isEmpty { facets[field] = Set(values) }
                if natural(below: 3) > 0 { numbers[field] = number() }
            }
            return .put(
                SearchDocument(
                    key,
                    revision: at,
                    title: text(4),
                    body: text(8),
                    facets: facets,
                    numbers: numbers,
                    flags: Set(some(Self.fields, atMost: 2))
                )
            )
        }
    }

    mutating func query() -> SearchQuery {
        var filters: [SearchFilter] = []
        for _ in 0..<natural(below: 4) {
            let field = Self.fields[natural(below: Self.fields.count)]
            switch natural(below: 4) {
            case 0: filters.append(.flag(field))
            case 1:
                let (lower, upper) = (number(), number())
                filters.append(.number(field, atLeast: lower == 0 ? nil : lower, atMost: upper == 0 ? nil : upper))
            default:
                let values = [Self.values[natural(below: Self.values.count)]] + some(Self.values, atMost: 2)
                filters.append(.facet(field, anyOf: Set(values)))
            }
        }
        let field = Self.fields[natural(below: Self.fields.count)]
        let sort = [SearchSort.relevance, .ascending(field), .descending(field)][natural(below: 3)]
        var words = text(3)
        // A part of a word: what somebody has typed so far.
        if natural(below: 3) == 0, words.unicodeScalars.count > 1 { words.unicodeScalars.removeLast() }
        return SearchQuery(
            words,
            lastWordIsPrefix: natural(below: 2) == 0,
            where: filters,
            counting: Set(some(Self.fields, atMost: 3)),
            sortedBy: sort,
            limit: natural(below: 9)
        )
    }
}
