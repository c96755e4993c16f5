public import MarketplaceCore

/// What it costs to send some of the goods one way.
public struct ShippingCharge: Sendable, Hashable {
    /// Names the charge within its basket.
    public var id: BasketLineID
    /// What it costs; not negative.
    public var price: Money
    /// Who sends; nil is the platform itself.
    public var seller: SellerKey?
    /// Whatever rules look at: the carrier, the service.
    public var attributes: [String: String]
    /// The tax on it.
    public var tax: TaxRate?

    /// A shipping charge.
    public init(
        _ id: BasketLineID,
        _ price: Money,
        seller: SellerKey? = nil,
        attributes: [String: String] = [:],
        tax: TaxRate? = nil
    ) {
        self.id = id
        self.price = price
        self.seller = seller
        self.attributes = attributes
        self.tax = tax
    }
}
