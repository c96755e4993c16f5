import MarketplaceCore

/// A promotion that may apply, and what decides its place among the others.
struct Candidate {
    /// Its index among the promotions.
    let index: Int
    /// The code that brings it.
    let code: CouponCode?
    private let classRank: Int
    private let priority: Int
    private let kind: Kind
    private let nominalNumerator: Int128
    private let nominalDenominator: Int128

    private enum Kind {
        case buyGet
        case amount
        case percentage
        case other
    }

    init(index: Int, code: CouponCode?, _ promotion: Promotion, _ program: StackingProgram) {
        self.index = index
        self.code = code
        let classes = program.classes
        classRank = classes.firstIndex { $0.stackingClass == promotion.stacking.stackingClass } ?? classes.count
        priority = promotion.stacking.priority
        (kind, nominalNumerator, nominalDenominator) = Self.nominal(promotion.benefit)
    }

    /// Whether this one comes first.
    func precedes(_ other: Candidate, by order: [StackingProgram.OrderKey]) -> Bool {
        for key in order {
            switch key {
            case .stackingClass where classRank != other.classRank: return classRank < other.classRank
            case .priority where priority != other.priority: return priority > other.priority
            case .buyGetFirst where (kind == .buyGet) != (other.kind == .buyGet): return kind == .buyGet
            case .amountsFirst where (kind == .amount) != (other.kind == .amount): return kind == .amount
            case .percentagesFirst where (kind == .percentage) != (other.kind == .percentage):
                return kind == .percentage
            case .largestNumberFirst:
                // Numerators are below 2^70 and denominators below 2^63, so products take more than 128 bits.
                let left = nominalNumerator.multipliedFullWidth(by: other.nominalDenominator)
                let right = other.nominalNumerator.multipliedFullWidth(by: nominalDenominator)
                if left != right { return left > right }
            default: break
            }
        }
        return index < other.index
    }

    /// The number people call a benefit by: percent, or major units of its currency.
    private static func nominal(_ benefit: PromotionBenefit) -> (Kind, Int128, Int128) {
        func of(_ money: Money) -> (Kind, Int128, Int128) {
            (.amount, Int128(money.minorUnits), (0..<money.currency.exponent).reduce(1) { power, _ in power * 10 })
        }
        func of(_ percentage: Percentage) -> (Kind, Int128, Int128) {
            (.percentage, Int128(percentage.ratio.numerator) * 100, Int128(percentage.ratio.denominator))
        }
        switch benefit {
        case .percentOff(let percentage, _), .percentOffOrder(let percentage, _),
            .percentOffGoodsAndShipping(let percentage), .cataloguePrice(.percentOff(let percentage)),
            .shipping(.percentOff(let percentage), _):
            return of(percentage)
        case .amountOffEachUnit(let amount), .amountOffEachLine(let amount), .amountOffFirstUnit(let amount, _),
            .priceEachUnit(let amount), .amountOffOrder(let amount, _), .priceOfOrder(let amount),
            .bundlePrice(let amount, _, _), .amountOffGoodsAndShipping(let amount),
            .cataloguePrice(.amountOff(let amount)), .cataloguePrice(.price(let amount)),
            .shipping(.amountOffEach(let amount), _), .shipping(.amountOff(let amount), _),
            .shipping(.price(let amount), _):
            return of(amount)
        case .buyGet(let offer):
            guard case .percentOff(let percentage) = offer.reward else { return (.buyGet, 0, 1) }
            let nominal = of(percentage)
            return (.buyGet, nominal.1, nominal.2)
        case .tiers, .gift: return (.other, 0, 1)
        }
    }
}
