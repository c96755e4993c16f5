public import MarketplaceCore

/// Names a return.
public typealias ReturnID = Identifier<OrderReturn>
