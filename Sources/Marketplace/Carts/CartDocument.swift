import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// What is kept of a cart's owner as one document.
protocol CartDocument: Codable, Sendable, Hashable {
    /// The collection of such documents.
    static var collection: DocumentCollection { get }

    init()

    /// Whether there is nothing worth keeping.
    var isEmpty: Bool { get }

    /// Whether the command of that key is one of the newest that changed it.
    func isKnown(_ key: IdempotencyKey) -> Bool
}

extension Cart: CartDocument {
    static let collection: DocumentCollection = "cart"
}

extension WishList: CartDocument {
    static let collection: DocumentCollection = "wish-list"
}
