public import MarketplaceCore

/// What is to be paid for a basket, and why.
///
/// All amounts add up: the shares of a promotion over lines and shipping to its amount, the shares of a line over
/// promotions to its discount, discounts and what is paid to the subtotal. The same input gives the same value.
public struct PricedBasket: Sendable, Hashable {
    /// The goods, in the order of the basket.
    public let lines: [PricedLine]
    /// Shipping, in the order of the basket.
    public let shipping: [PricedShipping]
    /// Goods on top, free of charge.
    public let gifts: [GiftLine]
    /// What became of every promotion: first those that could not apply whatever is in the basket, then catalogue prices,
    /// then the others in the order they were considered.
    public let outcomes: [PromotionOutcome]
    /// What became of every code that was entered.
    public let codes: [CodeOutcome]
    /// The sums.
    public let totals: PricingTotals
    /// Tax by rate; the rows add up to that of the totals.
    public let taxes: [TaxTotal]
    /// What has to be set aside of limits before an order may count on this.
    public let claims: [QuotaClaim]
    /// How the best combination was looked for, where the policy asks for it.
    public let search: CombinationSearch?

    /// The outcomes that took something off, in the order they did.
    public var applied: [AppliedPromotion] {
        outcomes.compactMap { outcome in
            if case .applied(let applied) = outcome.result { applied } else { nil }
        }
    }

    /// The outcome of a promotion.
    public func outcome(of promotion: PromotionID) -> PromotionOutcome? {
        outcomes.first { $0.promotion == promotion }
    }

    /// A line by its id.
    public func line(_ id: BasketLineID) -> PricedLine? {
        lines.first { $0.id == id }
    }
}

/// A line after promotions.
public struct PricedLine: Sendable, Hashable {
    /// The line of the basket.
    public let id: BasketLineID
    /// What a unit costs before promotions of the order, after those of the catalogue.
    public let unitPrice: Money
    /// How many units.
    public let quantity: Quantity
    /// Unit price times quantity.
    public let subtotal: Money
    /// What promotions of the order take off.
    public let discount: Money
    /// What of it by which promotion, in the order they applied; catalogue prices are not among them.
    public let shares: [Share]
    /// The discount, split over the units.
    public let unitDiscounts: UnitSplit
    /// The line before promotions of the order, as net, tax and gross.
    public let before: TaxedAmount
    /// The line as it is paid, as net, tax and gross.
    public let paid: TaxedAmount

    /// What is left to pay in the terms of the unit price: net where tax comes on top, gross where prices contain it.
    public var total: Money { Money(minorUnits: subtotal.minorUnits - discount.minorUnits, subtotal.currency) }

    /// What one promotion takes off a line.
    public struct Share: Sendable, Hashable {
        /// The promotion.
        public let promotion: PromotionID
        /// How many units it discounts.
        public let units: Int
        /// What it takes off them together.
        public let amount: Money
    }
}

/// A shipping charge after promotions.
public struct PricedShipping: Sendable, Hashable {
    /// The charge of the basket.
    public let id: BasketLineID
    /// What it costs before promotions.
    public let price: Money
    /// What promotions take off.
    public let discount: Money
    /// The charge before promotions, as net, tax and gross.
    public let before: TaxedAmount
    /// The charge as it is paid, as net, tax and gross.
    public let paid: TaxedAmount
}

/// An amount as net, tax and gross; the first two add up to the third.
public struct TaxedAmount: Sendable, Hashable {
    /// Without tax.
    public let net: Money
    /// The tax.
    public let tax: Money
    /// With tax.
    public let gross: Money
}

/// Goods on top, free of charge.
public struct GiftLine: Sendable, Hashable {
    /// The promotion that gives them.
    public let promotion: PromotionID
    /// What they are.
    public let gift: Gift
}

/// The sums of a priced basket.
public struct PricingTotals: Sendable, Hashable {
    /// The goods before promotions of the order, in the terms of their prices.
    public let goods: Money
    /// What promotions take off the goods.
    public let goodsDiscount: Money
    /// Shipping before promotions.
    public let shipping: Money
    /// What promotions take off shipping.
    public let shippingDiscount: Money
    /// What is paid without tax.
    public let net: Money
    /// The tax.
    public let tax: Money
    /// What is paid in all.
    public let total: Money

    /// What promotions take off in all.
    public var discount: Money {
        Money(minorUnits: goodsDiscount.minorUnits + shippingDiscount.minorUnits, goods.currency)
    }
}

/// What is taxed at one rate.
public struct TaxTotal: Sendable, Hashable {
    /// The rate; nil is what is not taxed.
    public let rate: TaxRate?
    /// What is paid at it, as net, tax and gross.
    public let amount: TaxedAmount
}

/// How the best combination of promotions was looked for.
public struct CombinationSearch: Sendable, Hashable {
    /// How many promotions could have been part of it.
    public let candidates: Int
    /// Whether every legal combination was tried; if not, a better one may exist.
    public let isExhaustive: Bool
}
