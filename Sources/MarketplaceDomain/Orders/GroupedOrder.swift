public import MarketplaceCore

/// One order of a purchase of several sellers.
public struct GroupedOrder: Sendable, Hashable, Codable {
    /// The order.
    public let orderID: OrderID
    /// Who sells it; nil for the platform itself.
    public let sellerID: SellerID?
    /// What it came to as it was placed.
    public let total: Money

    /// One order of a purchase.
    public init(orderID: OrderID, sellerID: SellerID?, total: Money) {
        self.orderID = orderID
        self.sellerID = sellerID
        self.total = total
    }
}
