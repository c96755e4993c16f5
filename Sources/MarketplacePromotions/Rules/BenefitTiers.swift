public import MarketplaceCore

/// Benefits that grow with what is bought; the highest tier that is reached counts, its bound included.
public struct BenefitTiers: Sendable, Hashable {
    /// What decides which tier is reached.
    public var measure: Measure
    /// The currency of the amounts that tiers start from; nil is that of the basket, whichever it is.
    ///
    /// Tiers by amounts need one to be written as JSON.
    public var currency: Currency?
    /// The tiers, in any order.
    public var tiers: [Tier]

    /// Tiers by a measure; of amounts, in a currency.
    public init(by measure: Measure, in currency: Currency? = nil, _ tiers: [Tier]) {
        self.measure = measure
        self.currency = currency
        self.tiers = tiers
    }

    /// One tier.
    public struct Tier: Sendable, Hashable {
        /// From what on it is reached: minor units of the currency, or a number of units.
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

        /// Whether it is an amount, and not a number of units.
        package var isAmount: Bool { self != .scopeQuantity && self != .lineQuantity }

        /// Whether each line has its own tier.
        var isOfLine: Bool { self == .lineTotal || self == .lineQuantity }
    }

    /// The benefit of the highest tier that is reached.
    func benefit(at measure: Int64) -> PromotionBenefit? {
        tiers.filter { $0.from <= measure }.max { $0.from < $1.from }?.benefit
    }
}
