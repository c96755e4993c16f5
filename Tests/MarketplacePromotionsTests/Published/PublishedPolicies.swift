import MarketplaceCore
import MarketplacePromotions

/// The arithmetic of other engines as values, by the public initializer: what anyone could write.
enum PublishedPolicies {
    /// Larger numbers first, be they percent or amounts; whole engines of fractions, here in minor units.
    static let medusa = PricingPolicy(
        base: .untouchedUnitsFirst,
        unitOrder: .cheapestFirst,
        boughtOrder: .largestLineFirst,
        gotOrder: .largestLineFirst,
        consumption: .eachRole,
        stacking: StackingProgram(classes: [], order: [.buyGetFirst, .largestNumberFirst]),
        budgetCheck: .eachShare
    )

    /// Totals rounded down; the last of the lines, cheapest first, takes what is left over; units count once.
    static let oscar = PricingPolicy(
        rounding: .down,
        roundingPlace: .promotion,
        remainder: .wholeToLast(base: .down),
        spreadOrder: .cheapestFirst,
        base: .originalPrice,
        unitOrder: .cheapestFirst,
        boughtOrder: .cheapestFirst,
        consumption: .everyUse
    )

    /// Half down, once for each coupon; what is left over goes to the dearest lines a unit each.
    static func woocommerce(isSequential: Bool) -> PricingPolicy {
        PricingPolicy(
            rounding: .halfDown,
            roundingPlace: .promotion,
            remainder: .first,
            spreadOrder: .dearestFirst,
            base: isSequential ? .remainingPrice : .originalPrice,
            unitOrder: .dearestFirst,
            stacking: StackingProgram(classes: [], order: [])
        )
    }

    static let solidus = PricingPolicy(remainder: .first, stacking: StackingProgram(classes: [], order: []))

    /// Rounded for every unit; shares rounded half down, the first ones take what is left over; rules see what earlier
    /// rules have left.
    static let sylius = PricingPolicy(
        roundingPlace: .unit,
        remainder: .first(base: .halfDown),
        conditionBase: .remainingPrice,
        stacking: StackingProgram(classes: [], order: [.priority])
    )

    static let saleor = PricingPolicy(remainder: .wholeToLast(base: .halfUp))

    /// Rounded for every unit; items before orders, each condition on what is left.
    static let vendure = PricingPolicy(roundingPlace: .unit, conditionBase: .remainingPrice)

    /// What a unit was sold for, the larger parts first: its discount has them last.
    static let refunds = PricingPolicy(unitRemainder: .lastUnits)
}
