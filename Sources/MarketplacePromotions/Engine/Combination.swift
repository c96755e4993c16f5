import MarketplaceCore

/// The promotions that apply together so far, and whether another one may join them.
struct Combination {
    /// Rules that look the same to every newcomer, each with the first promotion that has it: a handful, however many
    /// promotions apply.
    private var rules: [(rule: StackingRule, promotion: PromotionID)] = []
    /// The first promotion of each class that admits one only.
    private var single: [StackingClass: PromotionID] = [:]
    private var codes: [CouponCode] = []
    private var exclusive: PromotionID?
    /// The first promotion that applies by a code that is to be used alone, and the first that applies by any code.
    private var lonely: (promotion: PromotionID, code: CouponCode)?
    private var coded: (promotion: PromotionID, code: CouponCode)?
    private let program: StackingProgram

    /// No promotions, under a program.
    init(_ program: StackingProgram) {
        self.program = program
    }

    private var first: PromotionID? { rules.first?.promotion }

    /// Why a promotion may not join; nil when it may.
    func refusal(of rule: StackingRule, code: CouponCode?) -> PromotionRefusal? {
        if let exclusive { return .excludedBy(exclusive) }
        if rule.isExclusive, let first { return .doesNotCombine(with: first) }
        for present in rules where !present.rule.combines(with: rule) {
            return .doesNotCombine(with: present.promotion)
        }
        if let other = single[rule.stackingClass] { return .oneOfItsClass(rule.stackingClass, applied: other) }
        guard let code else { return nil }
        if program.usedAlone == .asExclusive {
            if let lonely, lonely.code != code { return .doesNotCombine(with: lonely.promotion) }
            if rule.isUsedAlone, let coded, coded.code != code { return .doesNotCombine(with: coded.promotion) }
        }
        if let maximum = program.maximumCodes, codes.count >= maximum, !codes.contains(code) {
            return .tooManyCodes(maximum: maximum)
        }
        return nil
    }

    /// Lets a promotion join.
    mutating func insert(_ promotion: PromotionID, _ rule: StackingRule, code: CouponCode?) {
        if rule.isExclusive { exclusive = promotion }
        let isKnown = rules.contains {
            $0.rule.stackingClass == rule.stackingClass && $0.rule.combinesWith == rule.combinesWith
        }
        if !isKnown { rules.append((rule, promotion)) }
        if let admission = program.admission(of: rule.stackingClass), admission != .all {
            single[rule.stackingClass] = promotion
        }
        guard let code else { return }
        if coded == nil { coded = (promotion, code) }
        if rule.isUsedAlone, lonely == nil { lonely = (promotion, code) }
        if !codes.contains(code) { codes.append(code) }
    }
}

extension StackingProgram {
    /// How many promotions of a class apply; nil for a class that is not listed.
    func admission(of stackingClass: StackingClass) -> Admission? {
        classes.first { $0.stackingClass == stackingClass }?.admits
    }
}
