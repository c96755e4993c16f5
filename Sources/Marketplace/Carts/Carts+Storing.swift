import MarketplaceCore
import MarketplaceDomain
package import MarketplaceStorage

extension Carts: StoreService {
    package typealias Failure = CartError

    package var store: any Store { environment.store }
    package var codec: any PayloadCodec { environment.codec }
    package var maximumAttempts: Int { configuration.maximumAttempts }

    /// The index by the time after which a document is removed.
    static let expiryIndex = "expiry"
    /// What stands before the time in that index.
    static let expiryOwner = "carts"

    func stored<Document: CartDocument>(
        _ type: Document.Type,
        of owner: CartOwner
    ) async throws(CartError) -> StoredValue<Document>? {
        try await read(Self.key(type, owner), as: type)
    }

    /// Changes a document, again when somebody else was faster; a document that holds nothing is kept until it expires,
    /// because its keys count.
    func change<Document: CartDocument>(
        _ type: Document.Type,
        of owner: CartOwner,
        at now: Timestamp,
        _ body: (inout Document) throws(CartRejection) -> Bool
    ) async throws(CartError) -> Document {
        try await attempting { () async throws(CartError) -> Document? in
            let stored = try await stored(type, of: owner)
            var document = stored?.value ?? Document()
            do throws(CartRejection) {
                guard try body(&document) else { return document }
            } catch {
                throw .refused(error)
            }
            var transaction = Transaction(id: environment.identifiers.next(), time: now)
            try write(document, of: owner, replacing: stored?.revision, at: now, to: &transaction)
            guard case .done = try await commit(transaction) else { return nil }
            return document
        }
    }

    func write<Document: CartDocument>(
        _ document: Document,
        of owner: CartOwner,
        replacing revision: DocumentRevision?,
        at now: Timestamp,
        to transaction: inout Transaction
    ) throws(CartError) {
        let retention =
            switch owner {
            case .member: configuration.retention.member
            case .visitor: configuration.retention.visitor
            }
        transaction.write(
            DocumentWrite(
                Self.key(Document.self, owner),
                body: try encoded(document),
                expecting: revision.map { .exactly($0) } ?? .absent,
                indexEntries: [
                    IndexEntry(Self.expiryIndex, .text(Self.expiryOwner), .time(now.advanced(by: retention)))
                ]
            )
        )
    }

    static func key<Document: CartDocument>(_ type: Document.Type, _ owner: CartOwner) -> DocumentKey {
        let id =
            switch owner {
            case .member(let id): "m-\(id)"
            case .visitor(let id): "v-\(id)"
            }
        return DocumentKey(type.collection, TextKey(unchecked: id))
    }
}
