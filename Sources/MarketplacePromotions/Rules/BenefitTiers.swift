/// Benefits that grow with what is bought; the highest tier that is reached counts, its bound included.
public struct BenefitTiers: Sendable, Hashable {
    /// What decides which tier is reached.
    public var measure: Measure
    /// The tiers, in any order.
    public var tiers: [Tier]

    /// Tiers by a measure.
    public init(by measure: Measure, _ tiers: [Tier]) {
        self.measure = measure
        self.tiers = tiers
    }

    /// One tier.
    public struct Tier: Sendable, Hashable {
        /// From what on it is reached: minor units of the basket's currency, or a number of units.
        public var from: Int64
        /// What it gives; no tiers again, and no price of the catalogue.
        public var benefit: PromotionBenefit

        /// A tier.
        public init(from: Int64, _ benefit: PromotionBenefit) {
            self.from = from
            self.benefit = benefit
        }
    }

    /// What decides which tier is reached.
    public enum Measure: String, Sendable, Hashable, CaseIterable, Codable {
        /// What all goods come to.
        case goodsTotal = "goods_total"
        /// What the lines in scope come to.
        case scopeTotal = "scope_total"
        /// How many units the lines in scope have.
        case scopeQuantity = "scope_quantity"
        /// What a line comes to; each line has its own tier.
        case lineTotal = "line_total"
        /// How many units a line has; each line has its own tier.
        case lineQuantity = "line_quantity"
        /// What shipping comes to.
        case shippingTotal = "shipping_total"

        /// Whether each line has its own tier.
        var isOfLine: Bool { self == .lineTotal || self == .lineQuantity }
    }

    /// The benefit of the highest tier that is reached.
    func benefit(at measure: Int64) -> PromotionBenefit? {
        tiers.filter { $0.from <= measure }.max { $0.from < $1.from }?.benefit
    }
}
