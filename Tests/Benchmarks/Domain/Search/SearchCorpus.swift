import MarketplaceCore
import MarketplaceStorage

/// A catalogue in which everything about a product follows from its number.
///
/// The words are distributed as those of a language are: the thousandth is a thousandth as frequent as the first (Zipf's
/// law), which is what makes some lists of an index long and most of them short.
struct SearchCorpus: Sendable {
    /// How many words there are is two to this power.
    static let wordBits = 15
    static let titleLength = 4
    static let bodyLength = 12
    static let brandCount = 500
    static let highestPrice = 100_000
    /// How many children a category has, on each of three levels.
    static let branching = 10

    /// What is known of a product.
    struct Product {
        let title: [Int]
        let body: [Int]
        /// The number of its category on the lowest level; a digit for each level.
        let category: Int
        let brand: Int
        let price: Int
        let isInStock: Bool
    }

    /// How many products there are.
    let count: Int

    /// The product of that number.
    static func product(_ number: Int) -> Product {
        var generator = SeededGenerator(seed: UInt64(number))
        let words = (0..<(titleLength + bodyLength)).map { _ in word(&generator) }
        return Product(
            title: Array(words.prefix(titleLength)),
            body: Array(words.dropFirst(titleLength)),
            category: natural(branching * branching * branching, &generator),
            brand: natural(brandCount, &generator),
            price: natural(highestPrice, &generator),
            isInStock: natural(10, &generator) > 0
        )
    }

    /// As likely of any length in bits, and then any of that length: a word's share goes with the inverse of its number.
    private static func word(_ generator: inout SeededGenerator) -> Int {
        word(bits: natural(wordBits, &generator), &generator)
    }

    /// A word among those of so many bits.
    static func word(bits: Int, _ generator: inout SeededGenerator) -> Int {
        1 << bits + natural(1 << bits, &generator)
    }

    static func natural(_ bound: Int, _ generator: inout SeededGenerator) -> Int {
        Int(generator.next(through: UInt64(bound - 1)))
    }

    // MARK: - Texts

    static func text(ofWord word: Int) -> String { "k\(word)" }

    static func key(_ number: Int) throws -> SearchKey {
        let digits = String(number)
        return try SearchKey("p" + String(repeating: "0", count: 8 - digits.count) + digits)
    }

    static func number(of key: SearchKey) -> Int { Int(key.text.dropFirst()) ?? -1 }

    /// The text of a category; one of two digits is the parent of ten of three.
    static func category(_ digits: String) throws -> SearchValue { try SearchValue("c\(digits)") }

    static func digits(_ category: Int) -> String {
        String(String(category + 1_000).dropFirst())
    }

    static func brand(_ number: Int) throws -> SearchValue { try SearchValue("brand-\(number)") }

    static func document(_ number: Int) throws -> SearchDocument {
        let product = product(number)
        let digits = digits(product.category)
        return SearchDocument(
            try key(number),
            revision: DocumentRevision(1),
            title: product.title.map(text).joined(separator: " "),
            body: product.body.map(text).joined(separator: " "),
            facets: [
                "brand": [try brand(product.brand)],
                "category": [
                    try category(String(digits.prefix(1))), try category(String(digits.prefix(2))),
                    try category(digits),
                ],
            ],
            numbers: ["price": Int64(product.price), "created": Int64(number)],
            flags: product.isInStock ? ["in stock"] : []
        )
    }

    /// Puts all products into an index.
    func fill(_ index: any SearchIndex) async throws {
        for start in stride(from: 0, to: count, by: SearchLimits.changes) {
            let numbers = start..<min(start + SearchLimits.changes, count)
            try await index.update(numbers.map { .put(try Self.document($0)) })
        }
    }
}
