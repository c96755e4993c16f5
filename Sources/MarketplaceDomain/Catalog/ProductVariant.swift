public import MarketplaceCore

/// One form in which a product can be had, with its stock and its prices.
public struct ProductVariant: Sendable, Hashable, Codable {
    /// What names it.
    public let id: VariantID
    /// What its stock is kept under.
    public internal(set) var sku: SKU
    /// The price of one unit, for everybody and any number of units.
    public internal(set) var price: Money
    /// What it stands for, one choice per option, in the order of the product's options.
    public internal(set) var choices: [VariantChoice]
    /// Other prices, by group, quantity and time; see ``price(for:taking:at:)``.
    public internal(set) var tiers: [PriceTier]

    /// Makes a variant.
    public init(id: VariantID, sku: SKU, price: Money, choices: [VariantChoice] = [], tiers: [PriceTier] = []) {
        self.id = id
        self.sku = sku
        self.price = price
        self.choices = choices
        self.tiers = tiers
    }
}
