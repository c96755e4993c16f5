public import MarketplaceCore

/// How discounts are computed, where a rule alone leaves it open: rounding, order, base, remainders, stacking, tax.
///
/// Engines in the field differ in every one of these, and each is right in its own terms; here they are data. The
/// default (``standard``): each promotion's amount is exact and rounded once for each line, half up; a later promotion
/// starts from what an earlier one left; what is left over when an amount is spread goes to the largest fractions.
public struct PricingPolicy: Sendable, Hashable {
    /// How an exact discount becomes minor units.
    public var rounding: RoundingMode
    /// Where it is rounded.
    public var roundingPlace: RoundingPlace
    /// Who gets what is left over when an amount is spread over lines.
    public var remainder: RemainderPlacement
    /// In which order lines stand when an amount is spread over them: it decides ties, and who is first and last.
    public var spreadOrder: UnitOrder
    /// Which units of a line have the larger shares of its discount.
    public var unitRemainder: UnitRemainder
    /// What percentages and amounts per unit are reckoned from.
    public var base: DiscountBase
    /// What conditions and tiers on amounts look at.
    public var conditionBase: ConditionBase
    /// Which units a limited benefit takes first, unless its promotion says.
    public var unitOrder: UnitOrder
    /// Which units ``BuyGet`` takes as bought first, and which a bundle takes first, unless the promotion says.
    public var boughtOrder: UnitOrder
    /// Which units ``BuyGet`` makes cheaper first, unless it says.
    public var gotOrder: UnitOrder
    /// Whether units that one promotion has used count for another.
    public var consumption: UnitConsumption
    /// In which order promotions apply, and which go together.
    public var stacking: StackingProgram
    /// How a budget is held.
    public var budgetCheck: BudgetCheck
    /// How tax is rounded.
    public var tax: TaxPolicy

    /// A policy; as ``standard``, unless something else is given.
    public init(
        rounding: RoundingMode = .halfUp,
        roundingPlace: RoundingPlace = .line,
        remainder: RemainderPlacement = .largest,
        spreadOrder: UnitOrder = .lineOrder,
        unitRemainder: UnitRemainder = .firstUnits,
        base: DiscountBase = .remainingPrice,
        conditionBase: ConditionBase = .originalPrice,
        unitOrder: UnitOrder = .cheapestFirst,
        boughtOrder: UnitOrder = .dearestFirst,
        gotOrder: UnitOrder = .cheapestFirst,
        consumption: UnitConsumption = .none,
        stacking: StackingProgram = StackingProgram(),
        budgetCheck: BudgetCheck = .wholeDiscount,
        tax: TaxPolicy = TaxPolicy()
    ) {
        self.rounding = rounding
        self.roundingPlace = roundingPlace
        self.remainder = remainder
        self.spreadOrder = spreadOrder
        self.unitRemainder = unitRemainder
        self.base = base
        self.conditionBase = conditionBase
        self.unitOrder = unitOrder
        self.boughtOrder = boughtOrder
        self.gotOrder = gotOrder
        self.consumption = consumption
        self.stacking = stacking
        self.budgetCheck = budgetCheck
        self.tax = tax
    }
}

/// Where an exact discount is rounded.
public enum RoundingPlace: String, Sendable, Hashable, CaseIterable, Codable {
    /// For every unit: what a line gets is a multiple of it.
    case unit
    /// Once for each line.
    case line
    /// Once for each promotion; the rounded amount is then spread over the lines.
    case promotion
}

/// Which units of a line have the larger shares of its discount, where it cannot be split evenly.
public enum UnitRemainder: String, Sendable, Hashable, CaseIterable, Codable {
    /// The first ones.
    case firstUnits = "first_units"
    /// The last ones.
    case lastUnits = "last_units"
}

/// What percentages and amounts per unit are reckoned from.
public enum DiscountBase: String, Sendable, Hashable, CaseIterable, Codable {
    /// The price before any promotion of the order, whatever was taken off since; never more than what is left.
    case originalPrice = "original_price"
    /// What earlier promotions have left, spread evenly over the units of a line.
    case remainingPrice = "remaining_price"
    /// What earlier promotions have left, units they have not touched first: so many units count with their full price
    /// as far as the line still has it.
    case untouchedUnitsFirst = "untouched_units_first"
}

/// What conditions and tiers on amounts look at.
public enum ConditionBase: String, Sendable, Hashable, CaseIterable, Codable {
    /// Prices before any promotion of the order: no condition depends on which other promotion applies.
    case originalPrice = "original_price"
    /// What promotions that applied earlier have left.
    case remainingPrice = "remaining_price"
}

/// Whether units that one promotion has used count for another.
public enum UnitConsumption: String, Sendable, Hashable, CaseIterable, Codable {
    /// They do.
    case none
    /// A unit counts once, whether it was discounted or only bought.
    case everyUse = "every_use"
    /// A unit is discounted once and counts as bought once (``BuyGet``), and may do both for two promotions.
    case eachRole = "each_role"
}

/// How a promotion is kept within its budget.
public enum BudgetCheck: String, Sendable, Hashable, CaseIterable, Codable {
    /// A promotion whose whole discount is more than what is left of its budget does not apply.
    case wholeDiscount = "whole_discount"
    /// Each share of a line, or of one repetition, that alone is more than what is left is left out. Several shares
    /// together can exceed the budget, as they do in engines that check action by action.
    case eachShare = "each_share"
}

/// How tax is rounded.
public struct TaxPolicy: Sendable, Hashable {
    /// How exact tax becomes minor units.
    public var rounding: RoundingMode
    /// Where it is rounded.
    public var place: Place

    /// A policy; half up for each line, unless something else is given.
    public init(rounding: RoundingMode = .halfUp, place: Place = .line) {
        self.rounding = rounding
        self.place = place
    }

    /// Where tax is rounded.
    public enum Place: String, Sendable, Hashable, CaseIterable, Codable {
        /// For each line.
        case line
        /// Once for each rate, on the sum of its lines; the lines have shares of it that add up.
        case rate
    }
}
