public import MarketplaceCore

/// What a ``SellerID`` names.
public enum SellerSubject {}

/// Names a seller.
public typealias SellerID = Identifier<SellerSubject>
