/// How well a document fits the words of a query: how many of them its title has, then how many its body has.
///
/// A count is the same in every engine, and what it says can be explained to a seller; statistics such as BM25 differ
/// with the engine and change with every other document.
public struct SearchScore: Hashable, Comparable, Sendable {
    /// What a word in the title counts; more than all words of a query in the body, see ``SearchLimits/wordsPerQuery``.
    public static let titleWeight = 64

    /// The number: ``titleWeight`` for each word in the title, one for each in the body.
    public let value: Int

    /// A score of that number.
    public init(_ value: Int) {
        self.value = value
    }

    /// The score of so many words in the title and in the body.
    public init(titleWords: Int, bodyWords: Int) {
        value = titleWords * Self.titleWeight + bodyWords
    }

    /// How many words of the query the title has.
    public var titleWords: Int { value / Self.titleWeight }
    /// How many words of the query the body has.
    public var bodyWords: Int { value % Self.titleWeight }

    /// Whether the left one fits less well.
    public static func < (lhs: SearchScore, rhs: SearchScore) -> Bool { lhs.value < rhs.value }
}
