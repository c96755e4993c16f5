public import MarketplaceCore

/// So many units of one thing, at one price.
///
/// The units of a line are interchangeable: what a promotion takes off some of them is taken off the line, and each
/// unit's share of it is an even one.
public struct BasketLine: Sendable, Hashable {
    /// Names the line within its basket.
    public var id: BasketLineID
    /// What one unit costs; not negative.
    public var unitPrice: Money
    /// How many units.
    public var quantity: Quantity
    /// The price before a sale of the catalogue, if it was another: the line counts as already discounted.
    public var listPrice: Money?
    /// The price below which no promotion may bring a unit.
    public var minimumUnitPrice: Money?
    /// Whether promotions may touch the line at all.
    public var isDiscountable: Bool
    /// What is sold, as the inventory knows it.
    public var sku: SKU?
    /// The product the SKU is a variant of.
    public var product: String?
    /// The variant of the product; no rule looks at it.
    public var variant: String?
    /// The categories it is in, those above them included.
    public var categories: [String]
    /// Who sells it; nil is the platform itself.
    public var seller: SellerKey?
    /// Whatever else rules look at.
    public var attributes: [String: String]
    /// The tax on it.
    public var tax: TaxRate?

    /// A line of a basket.
    public init(
        _ id: BasketLineID,
        _ unitPrice: Money,
        quantity: Quantity = .one,
        listPrice: Money? = nil,
        minimumUnitPrice: Money? = nil,
        isDiscountable: Bool = true,
        sku: SKU? = nil,
        product: String? = nil,
        variant: String? = nil,
        categories: [String] = [],
        seller: SellerKey? = nil,
        attributes: [String: String] = [:],
        tax: TaxRate? = nil
    ) {
        self.id = id
        self.unitPrice = unitPrice
        self.quantity = quantity
        self.listPrice = listPrice
        self.minimumUnitPrice = minimumUnitPrice
        self.isDiscountable = isDiscountable
        self.sku = sku
        self.product = product
        self.variant = variant
        self.categories = categories
        self.seller = seller
        self.attributes = attributes
        self.tax = tax
    }
}
