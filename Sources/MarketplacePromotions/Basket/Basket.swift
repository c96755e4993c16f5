public import MarketplaceCore

/// What a buyer is about to pay for, at the server's own prices: goods and shipping, before any promotion.
///
/// A plain value with caller-chosen keys. ``Basket/priced(with:codes:buyer:usage:at:policy:)`` turns it into what is to
/// be paid; nothing in it is ever taken from a buyer's browser.
public struct Basket: Sendable, Hashable {
    /// The most lines a basket may have: more than anyone puts together by hand, and still priced in a moment.
    public static let maximumLines = 10_000
    /// The most shipping charges a basket may have: a parcel or two for each of its sellers.
    public static let maximumShippingCharges = 1_000

    /// The one currency of all its amounts.
    public var currency: Currency
    /// The goods, in the order the buyer sees them.
    public var lines: [BasketLine]
    /// What it costs to send them.
    public var shipping: [ShippingCharge]

    /// A basket of one currency.
    public init(_ currency: Currency, lines: [BasketLine], shipping: [ShippingCharge] = []) {
        self.currency = currency
        self.lines = lines
        self.shipping = shipping
    }
}
