public import MarketplaceCore

/// So many units of one SKU.
public struct ReservationLine: Hashable, Sendable, Codable {
    /// What is wanted.
    public let sku: SKU
    /// How many units of it.
    public let quantity: Quantity

    /// Makes a line.
    @inlinable
    public init(_ sku: SKU, _ quantity: Quantity) {
        self.sku = sku
        self.quantity = quantity
    }
}
