public import MarketplaceCore

/// What a promotion gives.
///
/// Amounts are not negative, percentages 0 to 100. Nothing is ever reduced below zero, nor below the
/// ``BasketLine/minimumUnitPrice`` of a line: an amount over several lines that one of them cannot take goes to the
/// others as far as they can.
public indirect enum PromotionBenefit: Sendable, Hashable {
    /// A percentage off every unit in scope, up to a cap over all of them.
    case percentOff(Percentage, cap: Money? = nil)
    /// An amount off every unit in scope.
    case amountOffEachUnit(Money)
    /// An amount off every line in scope.
    case amountOffEachLine(Money)
    /// An amount off the first unit of every line in scope, another off each further one.
    case amountOffFirstUnit(Money, furtherUnits: Money)
    /// An amount off everything in scope together, spread over it.
    case amountOffOrder(Money, spread: Spread = .byValue)
    /// A percentage of everything in scope together, computed and rounded once, then spread over it.
    case percentOffOrder(Percentage, cap: Money? = nil)
    /// A price for every unit in scope; units that cost less keep their price.
    case priceEachUnit(Money)
    /// A price for everything in scope together.
    case priceOfOrder(Money)
    /// A price for every so many units in scope together; a bundle that would cost less is left alone.
    case bundlePrice(Money, units: Int, repeats: Int? = nil)
    /// Whoever buys some units gets others cheaper.
    case buyGet(BuyGet)
    /// The benefit of the highest tier that is reached.
    case tiers(BenefitTiers)
    /// Goods on top, free of charge.
    case gift(Gift)
    /// Shipping for less.
    case shipping(ShippingBenefit, attribute: AttributeCondition? = nil)
    /// An amount off goods in scope and shipping together, in proportion to both.
    case amountOffGoodsAndShipping(Money)
    /// A percentage off goods in scope and off shipping, each computed and rounded once, then spread.
    case percentOffGoodsAndShipping(Percentage)
    /// Another price in the catalogue, before every other promotion: what others count as the original price.
    case cataloguePrice(CatalogueBenefit)

    /// How an amount over several lines is spread.
    public enum Spread: String, Sendable, Hashable, CaseIterable, Codable {
        /// In proportion to what the units in scope cost.
        case byValue = "by_value"
        /// In proportion to the number of units.
        case byUnits = "by_units"
        /// The same for every line.
        case evenly
    }

    /// What is asked of an attribute of a shipping charge.
    public struct AttributeCondition: Sendable, Hashable {
        /// The name of the attribute.
        public var name: String
        /// What is asked of it.
        public var test: AttributeTest

        /// What is asked of the attribute called `name`.
        public init(_ name: String, _ test: AttributeTest) {
            self.name = name
            self.test = test
        }
    }

    /// Whether it changes prices of the catalogue, before every other promotion.
    var isOfCatalogue: Bool {
        if case .cataloguePrice = self { true } else { false }
    }
}

/// A price for shipping.
public enum ShippingBenefit: Sendable, Hashable {
    /// A percentage off each charge.
    case percentOff(Percentage)
    /// An amount off each charge.
    case amountOffEach(Money)
    /// An amount off all charges together.
    case amountOff(Money)
    /// A price for each charge; those that cost less keep theirs.
    case price(Money)

    /// Nothing to pay for shipping.
    public static let free = ShippingBenefit.percentOff(.whole)
}

/// A price in the catalogue.
public enum CatalogueBenefit: Sendable, Hashable {
    /// A percentage off the unit price.
    case percentOff(Percentage)
    /// An amount off the unit price.
    case amountOff(Money)
    /// A unit price, where it is the lower one.
    case price(Money)
}

/// Goods that come on top.
public struct Gift: Sendable, Hashable {
    /// What it is.
    public var sku: SKU
    /// How many units.
    public var quantity: Quantity
    /// What one unit would cost, to say what the gift is worth; nil when that is nobody's business.
    public var worth: Money?

    /// A gift.
    public init(_ sku: SKU, quantity: Quantity = .one, worth: Money? = nil) {
        self.sku = sku
        self.quantity = quantity
        self.worth = worth
    }
}
