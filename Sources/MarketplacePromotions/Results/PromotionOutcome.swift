public import MarketplaceCore

/// What became of a promotion.
public struct PromotionOutcome: Sendable, Hashable {
    /// The promotion.
    public let promotion: PromotionID
    /// The code that brings it, where one was entered.
    public let code: CouponCode?
    /// What became of it.
    public let result: Result

    /// What became of a promotion.
    public enum Result: Sendable, Hashable {
        /// It takes something off, or gives something.
        case applied(AppliedPromotion)
        /// It does not, and why.
        case refused(PromotionRefusal)
    }

    /// Why it does not apply; nil when it does.
    public var refusal: PromotionRefusal? {
        if case .refused(let refusal) = result { refusal } else { nil }
    }
}

/// What a promotion takes off, where, and who pays for it.
public struct AppliedPromotion: Sendable, Hashable {
    /// The promotion.
    public let promotion: PromotionID
    /// What it takes off in all: its shares over lines and shipping add up to it, and what its bearers pay too.
    public let amount: Money
    /// What it takes off lines, in the order of the basket.
    public let lines: [LineShare]
    /// What it takes off shipping charges, in the order of the basket.
    public let shipping: [ShippingShare]
    /// The units that had to be bought for it and were not discounted by it: those of ``BuyGet``, and those that count
    /// as used with ``Promotion/ConsumedUnits/qualifying``.
    public let bought: [BoughtUnits]
    /// Who pays how much of it: the platform first, then sellers in the order of their first line.
    public let costs: [CostShare]

    /// What a promotion takes off a line.
    public struct LineShare: Sendable, Hashable {
        /// The line.
        public let line: BasketLineID
        /// How many units it discounts.
        public let units: Int
        /// What it takes off them together.
        public let amount: Money
    }

    /// Units of a line that had to be bought for a promotion.
    public struct BoughtUnits: Sendable, Hashable {
        /// The line.
        public let line: BasketLineID
        /// How many units.
        public let units: Int
    }

    /// What a promotion takes off a shipping charge.
    public struct ShippingShare: Sendable, Hashable {
        /// The charge.
        public let charge: BasketLineID
        /// What it takes off.
        public let amount: Money
    }

    /// What somebody pays for a promotion.
    public struct CostShare: Sendable, Hashable {
        /// The seller; nil is the platform.
        public let seller: SellerKey?
        /// How much.
        public let amount: Money
    }
}

/// What became of a code.
public struct CodeOutcome: Sendable, Hashable {
    /// The code.
    public let code: CouponCode
    /// The promotions it stands for; none, and the code is unknown.
    public let promotions: [PromotionID]
    /// Whether it brings something.
    public let isUsed: Bool
}
