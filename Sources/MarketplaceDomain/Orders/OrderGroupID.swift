public import MarketplaceCore

/// Names the orders of several sellers that were bought at once.
public typealias OrderGroupID = Identifier<OrderGroup>
