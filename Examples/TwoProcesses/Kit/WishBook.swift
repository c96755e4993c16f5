package import Marketplace

/// The wishes on the store that both processes share, with what came of each.
package struct WishBook: Sendable {
    /// A wish, and what came of it.
    package struct Entry: Sendable, Hashable, Codable {
        /// What was wished.
        package let wish: PurchaseWish
        /// What came of it, in a few words; nil while nobody knows.
        package var answer: String?
    }

    /// The answer to a wish that was bought.
    package static let bought = "bought"

    private static let collection: DocumentCollection = "wishes"
    private static let waitingIndex = "waiting"

    private let store: any Store
    private let codec: any PayloadCodec
    private let identifiers: any IdentifierSource
    private let wallClock: any WallClock

    /// The book on a store.
    package init(_ environment: ServiceEnvironment) {
        store = environment.store
        codec = environment.codec
        identifiers = environment.identifiers
        wallClock = environment.wallClock
    }

    /// Writes a wish down, unless it is known.
    package func write(_ wish: PurchaseWish) async throws {
        guard try await entry(of: wish.order) == nil else { return }
        let waiting = IndexEntry(Self.waitingIndex, .time(wallClock.now))
        do {
            try await commit(Entry(wish: wish), expecting: .absent, [waiting])
        } catch StoreError.conflict(.documentRevision) {
            // Another process wrote it meanwhile.
        }
    }

    /// Takes note of what came of a wish.
    package func answer(_ wish: PurchaseWish, _ answer: String) async throws {
        try await commit(Entry(wish: wish, answer: answer), expecting: .any, [])
    }

    /// What is known of a wish; nil when nobody wished it.
    package func entry(of order: OrderID) async throws -> Entry? {
        guard let document = try await store.document(DocumentKey(Self.collection, order)) else { return nil }
        return try codec.decode(Entry.self, from: document.body)
    }

    /// The wishes that nothing has come of yet, the oldest first.
    package func waiting(limit: Int) async throws -> [PurchaseWish] {
        let query = DocumentQuery.indexed(Self.collection, by: Self.waitingIndex, limit: limit)
        return try await store.documents(matching: query).documents.map { document in
            try codec.decode(Entry.self, from: document.body).wish
        }
    }

    private func commit(_ entry: Entry, expecting revision: ExpectedRevision, _ index: [IndexEntry]) async throws {
        var transaction = Transaction(id: identifiers.next(), time: wallClock.now)
        transaction.write(
            DocumentWrite(
                DocumentKey(Self.collection, entry.wish.order),
                body: try codec.encode(entry),
                expecting: revision,
                indexEntries: index
            )
        )
        // An unknown outcome is resolved by the same transaction again.
        _ = try await store.commitResolvingUnknown(transaction)
    }
}
