public import MarketplaceCore

/// Names a product.
public typealias ProductID = Identifier<Product>
