public import MarketplaceCore

/// One line of an order: so many units of one SKU at one price.
public struct OrderLine: Sendable, Hashable, Codable {
    /// What is ordered.
    public let sku: SKU
    /// The variant it is of, if the catalogue of this package keeps it.
    public let variantID: VariantID?
    /// The product it is of, if the catalogue of this package keeps it.
    public let productID: ProductID?
    /// Who sells it, in a marketplace of several sellers.
    public let sellerID: SellerID?
    /// How many units.
    public let quantity: Quantity
    /// The price of one unit, as the server priced it.
    public let unitPrice: Money

    /// Makes a line.
    public init(
        sku: SKU,
        variantID: VariantID? = nil,
        productID: ProductID? = nil,
        sellerID: SellerID? = nil,
        quantity: Quantity,
        unitPrice: Money
    ) {
        self.sku = sku
        self.variantID = variantID
        self.productID = productID
        self.sellerID = sellerID
        self.quantity = quantity
        self.unitPrice = unitPrice
    }

    /// The price of all units.
    public func total() throws(MoneyError) -> Money {
        try unitPrice * quantity
    }
}

extension Sequence<OrderLine> {
    /// How many units of each SKU all lines ask for; several lines may name one SKU.
    public func demand() throws(QuantityError) -> [SKU: Quantity] {
        var demand: [SKU: Quantity] = [:]
        for line in self {
            demand[line.sku] = try demand[line.sku]?.adding(line.quantity) ?? line.quantity
        }
        return demand
    }
}

extension Sequence<OrderLine> {
    /// Who sells all of it; nil when that is the platform, or not one seller alone.
    var commonSellerID: SellerID? {
        var common: SellerID?
        for line in self {
            guard let seller = line.sellerID, common == nil || common == seller else { return nil }
            common = seller
        }
        return common
    }
}
