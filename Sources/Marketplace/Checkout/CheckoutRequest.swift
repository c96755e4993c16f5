public import MarketplaceDomain

/// What is bought by whom, at prices the server has computed.
public struct CheckoutRequest: Sendable, Hashable {
    /// Names the purchase, chosen by the caller: the same request under the same id is the same purchase.
    public let order: OrderID
    /// Who buys.
    public let buyer: MemberID
    /// What is bought, at prices nothing is taken off; none where a purchase is priced.
    public let lines: [OrderLine]
    /// What is bought, to be priced with promotions by the checkout itself.
    public let purchase: Purchase?

    /// Makes a request for goods at given prices.
    public init(order: OrderID, buyer: MemberID, lines: [OrderLine]) {
        self.order = order
        self.buyer = buyer
        self.lines = lines
        purchase = nil
    }

    /// Makes a request for what the checkout prices itself: catalogue prices, promotions, coupons, shipping and tax.
    public init(order: OrderID, buyer: MemberID, purchase: Purchase) {
        self.order = order
        self.buyer = buyer
        lines = []
        self.purchase = purchase
    }
}
