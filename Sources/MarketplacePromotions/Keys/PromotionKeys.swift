public import MarketplaceCore

/// Names one promotion, chosen by whoever writes the rule.
public typealias PromotionID = TextKey<Promotion>

/// The subject of coupon codes.
public enum CouponCodeSubject {}

/// What a buyer types in to have a promotion.
///
/// Codes compare as bytes: bring what a buyer typed into one form (``CouponCode/init(typed:)``) before it is compared.
public typealias CouponCode = TextKey<CouponCodeSubject>

extension TextKey where Subject == CouponCodeSubject {
    /// The code in what a buyer typed: without spaces and hyphens, ASCII letters in upper case.
    ///
    /// - Throws: `TextKeyError` when nothing is left, or too much.
    public init(typed text: String) throws(TextKeyError) {
        let kept = text.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "-" }
        var code = String.UnicodeScalarView()
        for scalar in kept {
            code.append(("a"..."z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) - 32) : scalar)
        }
        try self.init(validating: String(code))
    }
}

/// The subject of the lines of a basket.
public enum BasketLineSubject {}

/// Names one line of a basket, unique within it.
public typealias BasketLineID = TextKey<BasketLineSubject>

/// The subject of sellers as promotions know them.
public enum SellerSubject {}

/// Names a seller, in the caller's own terms.
public typealias SellerKey = TextKey<SellerSubject>
