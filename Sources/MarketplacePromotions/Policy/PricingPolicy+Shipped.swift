import MarketplaceCore

extension PricingPolicy {
    /// The default: exact amounts, rounded half up once for each promotion and line; what is left over goes to the
    /// largest fractions, ties to the first line.
    public static let standard = PricingPolicy()

    /// Amounts first, then percentages, in the order they are listed; what is left to pay is cut off to whole units.
    ///
    /// The arithmetic of a campus market whose coupons are fixed amounts and percentages of one price: 20% and 10,000 off
    /// 100,000 leave 72,000. A coupon that is to be used alone with another is refused, and so is the other.
    public static let amountsThenPercentages = PricingPolicy(
        // The price that is left is cut off towards zero: the discount is rounded up.
        rounding: .up,
        roundingPlace: .promotion,
        stacking: StackingProgram(classes: [], order: [.amountsFirst], usedAlone: .refuseEveryCode)
    )

    /// One coupon for an order, reckoned from the order's total.
    ///
    /// The arithmetic of a shop whose coupons are a percentage with a cap, or an amount, from a minimum order on: 20% of
    /// 100,000 with a cap of 5,000 takes 5,000 off.
    public static let oneCoupon = PricingPolicy(
        roundingPlace: .promotion,
        base: .originalPrice,
        stacking: StackingProgram(maximumCodes: 1)
    )
}
