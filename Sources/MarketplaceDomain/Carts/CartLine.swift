public import MarketplaceCore

/// So many units of one SKU in a cart.
///
/// The price in it is what the buyer was shown last: it is compared with the price of today, and never charged.
public struct CartLine: Sendable, Hashable, Codable {
    /// What is wanted.
    public let sku: SKU
    /// How many units.
    public internal(set) var quantity: Quantity
    /// The price of one unit that the buyer was shown last; nil before they were shown one.
    public internal(set) var seenPrice: Money?
    /// When it was put in.
    public let addedAt: Timestamp

    /// A line of these parts.
    public init(sku: SKU, quantity: Quantity, seenPrice: Money? = nil, addedAt: Timestamp) {
        self.sku = sku
        self.quantity = quantity
        self.seenPrice = seenPrice
        self.addedAt = addedAt
    }
}
