import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

extension MessageTopic {
    /// What happens to orders.
    static let orders: MessageTopic = "order"
    /// What happens to payments.
    static let payments: MessageTopic = "payment"
    /// What happens to stock claims.
    static let stockClaims: MessageTopic = "stock-claim"
}

extension IdempotencyKey {
    /// The key of one part of a choreographed purchase.
    static func part(_ part: String, of order: OrderID) -> IdempotencyKey {
        // An identifier and a short text.
        IdempotencyKey(unchecked: "\(order)/choreography/\(part)")
    }
}
