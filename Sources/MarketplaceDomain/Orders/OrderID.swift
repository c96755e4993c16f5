public import MarketplaceCore

/// Names an order.
public typealias OrderID = Identifier<Order>
