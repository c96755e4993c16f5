public import MarketplaceCore

/// What a ``VariantID`` names.
public enum VariantSubject {}

/// Names one variant of a product.
public typealias VariantID = Identifier<VariantSubject>
