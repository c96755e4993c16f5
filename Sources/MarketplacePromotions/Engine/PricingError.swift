public import MarketplaceCore

/// Why a basket cannot be priced at all; nothing is half-evaluated.
public enum PricingError: EffectStating, Hashable {
    /// An exact result is beyond what minor units in an `Int64` hold.
    case overflow(Overflow)
    /// The basket is no basket.
    case invalidBasket(BasketProblem)
    /// A promotion is no rule.
    case invalidPromotion(PromotionID, PromotionProblem)
    /// There are more promotions than are priced at once.
    case tooManyPromotions(Int, maximum: Int)
    /// Two promotions have one id.
    case doublePromotion(PromotionID)
    /// There are more codes than anyone enters.
    case tooManyCodes(Int, maximum: Int)

    /// Refused: the same input has the same answer.
    public var effect: EffectOutcome { .refused }

    /// What does not fit.
    public enum Overflow: Sendable, Hashable {
        /// Unit price times quantity of a line.
        case line(BasketLineID)
        /// The sum of all lines and shipping, or of it with tax.
        case total
        /// A percentage with very large terms of an amount.
        case percentage(Percentage)
    }
}

/// What is wrong with a basket.
public enum BasketProblem: Sendable, Hashable {
    /// It has more lines, or shipping charges, than a basket may have.
    case tooLong(found: Int, maximum: Int)
    /// Two lines or charges have one id.
    case doubleID(BasketLineID)
    /// A line, charge or price is in another currency than the basket.
    case currency(BasketLineID, found: Currency, basket: Currency)
    /// A price is negative.
    case negativePrice(BasketLineID, Money)
    /// A tax rate is negative.
    case negativeTaxRate(BasketLineID, Percentage)
}

/// What is wrong with a promotion.
public enum PromotionProblem: Sendable, Hashable {
    /// An amount is negative.
    case negativeAmount(Money)
    /// A percentage is not 0 to 100.
    case percentageOutOfRange(Percentage)
    /// A number of units, repetitions or uses is too small or too large.
    case numberOutOfRange(Int64, minimum: Int64, maximum: Int64)
    /// It has amounts in two currencies.
    case twoCurrencies(Currency, Currency)
    /// It has no tiers, or two from one bound on.
    case tiers
    /// A tier gives tiers again, or a price of the catalogue.
    case benefitOfTier
    /// A range or a period ends before it begins.
    case emptyRange
    /// Its conditions or filters are nested deeper, or are more, than a rule may have.
    case tooComplex(maximumDepth: Int, maximumParts: Int)
    /// A purchase that gets others cheaper has orders of its own, and no limit for each line.
    case unitPickOfPurchase
    /// A tier that each line has for itself gives something that lines cannot have for themselves.
    case benefitOfLineTier
}

extension PricingError: CustomStringConvertible {
    /// What is wrong, in a sentence.
    public var description: String {
        switch self {
        case .overflow(.line(let id)): "line \(id) comes to more than can be computed"
        case .overflow(.total): "the basket comes to more than can be computed"
        case .overflow(.percentage(let percentage)): "\(percentage) of an amount has terms too large to compute"
        case .invalidBasket(let problem): problem.description
        case .invalidPromotion(let id, let problem): "promotion \(id): \(problem)"
        case .tooManyPromotions(let count, let maximum): "\(count) promotions, at most \(maximum) are priced at once"
        case .doublePromotion(let id): "two promotions have the id \(id)"
        case .tooManyCodes(let count, let maximum): "\(count) codes, at most \(maximum) can be entered"
        }
    }
}

extension BasketProblem: CustomStringConvertible {
    /// What is wrong, in a sentence.
    public var description: String {
        switch self {
        case .tooLong(let found, let maximum): "the basket has \(found) lines or charges, at most \(maximum) are priced"
        case .doubleID(let id): "two lines or shipping charges have the id \(id)"
        case .currency(let id, let found, let basket): "\(id) has a price in \(found), the basket is in \(basket)"
        case .negativePrice(let id, let price): "\(id) has a negative price, \(price)"
        case .negativeTaxRate(let id, let rate): "\(id) has a negative tax rate, \(rate)"
        }
    }
}

extension PromotionProblem: CustomStringConvertible {
    /// What is wrong, in a sentence.
    public var description: String {
        switch self {
        case .negativeAmount(let amount): "the amount \(amount) is negative"
        case .percentageOutOfRange(let percentage): "\(percentage) is not 0% to 100%"
        case .numberOutOfRange(let number, let minimum, let maximum): "\(number) is not \(minimum) to \(maximum)"
        case .twoCurrencies(let left, let right): "it has amounts in \(left) and in \(right)"
        case .tiers: "it has no tiers, or two from one bound on"
        case .benefitOfTier: "a tier cannot give tiers, nor a price of the catalogue"
        case .benefitOfLineTier: "a tier of a line can take off percentages and amounts of that line only"
        case .unitPickOfPurchase:
            "of its scope's units, a purchase that gets others cheaper has a limit per order alone"
        case .emptyRange: "a range ends before it begins"
        case .tooComplex(let depth, let parts):
            "it has more than \(parts) parts, or they are nested deeper than \(depth)"
        }
    }
}
