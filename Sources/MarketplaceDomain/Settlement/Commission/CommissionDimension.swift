public import MarketplaceCore

/// The subject of the dimensions of commission rules.
public enum CommissionDimensionSubject {}

/// What a commission rule can look at: a kind of fact about a line, such as its seller.
///
/// A marketplace adds its own (`"brand"`); a rule does not match a line that has no value of a dimension it names.
public typealias CommissionDimension = TextKey<CommissionDimensionSubject>

extension TextKey where Subject == CommissionDimensionSubject {
    /// Who sells it.
    public static let seller: CommissionDimension = "seller"
    /// The categories it is in, those above them included if the caller lists them.
    public static let category: CommissionDimension = "category"
    /// The product.
    public static let product: CommissionDimension = "product"
}
