/// The subject of promotions.
public enum PromotionSubject {}

/// Names one promotion, chosen by whoever writes the rule.
public typealias PromotionID = TextKey<PromotionSubject>

/// The subject of coupon codes.
public enum CouponCodeSubject {}

/// What a buyer types in to have a promotion.
///
/// Codes compare as bytes: bring what a buyer typed into one form (`CouponCode(typed:)`) before it is compared.
public typealias CouponCode = TextKey<CouponCodeSubject>

/// The subject of the lines of a basket.
public enum BasketLineSubject {}

/// Names one line of a basket, or one shipping charge of it, unique within it.
public typealias BasketLineID = TextKey<BasketLineSubject>

/// The subject of sellers in the caller's own terms.
public enum SellerSubject {}

/// Names a seller, in the caller's own terms.
public typealias SellerKey = TextKey<SellerSubject>

extension TextKey where Subject == CouponCodeSubject {
    /// The code in what a buyer typed: without spaces and hyphens, ASCII letters in upper case.
    ///
    /// - Throws: ``TextKeyError`` when nothing is left, or too much.
    public init(typed text: String) throws(TextKeyError) {
        var code = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace && scalar != "-" {
            code.append(("a"..."z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) - 32) : scalar)
        }
        try self.init(validating: String(code))
    }
}
