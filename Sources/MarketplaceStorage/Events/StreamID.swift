public import MarketplaceCore

/// The subject of stream categories.
public enum StreamCategorySubject {}

/// The kind of thing a stream is about, such as `order`.
///
/// Categories that begin with a dollar sign are **journals**: records of how the machinery works (the journal of a
/// saga, say) rather than of what happened in the business. They stay outside of ``EventFilter/all``.
public typealias StreamCategory = TextKey<StreamCategorySubject>

extension TextKey where Subject == StreamCategorySubject {
    /// Whether it is the category of journals.
    public var isJournal: Bool { text.utf8.first == UInt8(ascii: "$") }
}

/// The subject of the keys of streams.
public enum StreamSubject {}

/// Names one stream of events: a category and a key within it.
public struct StreamID: Hashable, Sendable {
    /// The kind of thing the stream is about.
    public let category: StreamCategory
    /// Which one of that kind.
    public let key: TextKey<StreamSubject>

    /// The stream of that category and key.
    public init(_ category: StreamCategory, _ key: TextKey<StreamSubject>) {
        self.category = category
        self.key = key
    }

    /// The stream of that category whose key is the text form of an identifier.
    public init<Subject>(_ category: StreamCategory, _ identifier: Identifier<Subject>) {
        self.init(category, TextKey(identifier))
    }
}

extension StreamID: CustomStringConvertible {
    /// The category and the key, with a slash between them.
    public var description: String { "\(category)/\(key)" }
}
