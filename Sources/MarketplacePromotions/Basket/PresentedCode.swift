public import MarketplaceCore

/// A code a buyer has entered, and what it stands for where that is known.
public struct PresentedCode: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The code.
    public var code: CouponCode
    /// The promotion it stands for, where a campaign of single codes says so; nil: a promotion that lists the code.
    public var promotion: PromotionID?

    /// A code, and the promotion a campaign says it stands for.
    public init(_ code: CouponCode, for promotion: PromotionID? = nil) {
        self.code = code
        self.promotion = promotion
    }

    /// A code that a promotion lists; the literal must be a valid key.
    public init(stringLiteral value: String) {
        self.init(CouponCode(stringLiteral: value))
    }
}
