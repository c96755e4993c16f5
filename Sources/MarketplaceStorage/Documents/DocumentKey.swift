public import MarketplaceCore

/// The subject of the names of document collections.
public enum DocumentCollectionSubject {}

/// Names a collection of documents of one kind.
public typealias DocumentCollection = TextKey<DocumentCollectionSubject>

/// The subject of the ids of documents.
public enum DocumentSubject {}

/// The subject of unique keys.
public enum UniqueSubject {}

/// A text that at most one document of the namespace holds at a time.
public typealias UniqueKey = TextKey<UniqueSubject>

/// Names one document: a collection and an id within it.
public struct DocumentKey: Hashable, Sendable {
    /// The collection.
    public let collection: DocumentCollection
    /// The id within the collection.
    public let id: TextKey<DocumentSubject>

    /// The document of that collection and id.
    public init(_ collection: DocumentCollection, _ id: TextKey<DocumentSubject>) {
        self.collection = collection
        self.id = id
    }

    /// The document of that collection whose id is the text form of an identifier.
    public init<Subject>(_ collection: DocumentCollection, _ identifier: Identifier<Subject>) {
        self.init(collection, TextKey(identifier))
    }
}

extension DocumentKey: CustomStringConvertible {
    /// The collection and the id, with a slash between them.
    public var description: String { "\(collection)/\(id)" }
}
