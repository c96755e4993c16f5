public import MarketplaceCore

/// What a ``SellerID`` names.
public enum SellerIdentity {}

/// Names a seller.
public typealias SellerID = Identifier<SellerIdentity>
