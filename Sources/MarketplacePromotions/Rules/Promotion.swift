public import MarketplaceCore

/// A rule that changes what a buyer pays: what has to hold, what it gives, and on what.
///
/// ```swift
/// let spring = Promotion(
///     "spring", .percentOff(.percent(20), cap: Money(minorUnits: 5_000, .krw)),
///     codes: ["SPRING20"], when: .total(.atLeast(Money(minorUnits: 30_000, .krw)))
/// )
/// let pricing = try basket.priced(with: [spring], codes: ["SPRING20"], at: now)
/// ```
///
/// A plain value that can be stored and edited as JSON; `Docs/Promotions.md` documents the form.
public struct Promotion: Sendable, Hashable {
    /// Names the promotion.
    public var id: PromotionID
    /// What people call it; nothing depends on it.
    public var name: String?
    /// Whether it is in use at all.
    public var isActive: Bool
    /// When it runs.
    public var period: PromotionPeriod
    /// Whether it applies by itself or by a code.
    public var activation: Activation
    /// What has to hold.
    public var condition: PromotionCondition
    /// Which lines it discounts, and how many of their units.
    public var scope: PromotionScope
    /// What it gives.
    public var benefit: PromotionBenefit
    /// Which units it uses up, where the policy lets units count once.
    public var consumes: ConsumedUnits
    /// How it goes together with others.
    public var stacking: StackingRule
    /// How often it may be used.
    public var limits: PromotionLimits
    /// Who pays for it.
    public var bearer: CostBearer

    /// A promotion.
    ///
    /// - Parameters:
    ///   - id: Names the promotion.
    ///   - benefit: What it gives.
    ///   - name: What people call it.
    ///   - isActive: Whether it is in use at all.
    ///   - period: When it runs.
    ///   - codes: The codes that bring it, in the form of `CouponCode(typed:)`; nil, and it applies by itself; none, and
    ///     only the codes of a campaign bring it (``PresentedCode/promotion``).
    ///   - condition: What has to hold.
    ///   - lines: The lines it discounts.
    ///   - units: How many of their units.
    ///   - consumes: Which units it uses up.
    ///   - stacking: How it goes together with others.
    ///   - limits: How often it may be used.
    ///   - bearer: Who pays for it.
    public init(
        _ id: PromotionID,
        _ benefit: PromotionBenefit,
        name: String? = nil,
        isActive: Bool = true,
        period: PromotionPeriod = .always,
        codes: [CouponCode]? = nil,
        when condition: PromotionCondition = .always,
        lines: LineFilter = .every,
        units: UnitPick? = nil,
        consumes: ConsumedUnits = .discounted,
        stacking: StackingRule = StackingRule(),
        limits: PromotionLimits = .none,
        bearer: CostBearer = .platform
    ) {
        self.id = id
        self.name = name
        self.isActive = isActive
        self.period = period
        activation = codes.map(Activation.code) ?? .automatic
        self.condition = condition
        scope = PromotionScope(lines: lines, units: units)
        self.benefit = benefit
        self.consumes = consumes
        self.stacking = stacking
        self.limits = limits
        self.bearer = bearer
    }

    /// What brings a promotion.
    public enum Activation: Sendable, Hashable {
        /// It applies whenever its condition holds.
        case automatic
        /// One of these codes has to be entered, or one that a campaign says stands for it.
        case code([CouponCode])
    }

    /// The units a promotion uses up.
    public enum ConsumedUnits: String, Sendable, Hashable, CaseIterable, Codable {
        /// None; and those that others have used up count for it as all do.
        case nothing
        /// Those it discounts, and those that ``BuyGet`` has bought.
        case discounted
        /// As many more, the dearest first, as its condition asked for.
        case qualifying
    }
}
