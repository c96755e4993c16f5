public import MarketplaceDomain

/// What is bought by whom, at prices the server has computed.
///
/// Lines of one seller, or of none, make one order, whose id is the request's. Lines of several sellers (those without
/// one are the platform's) make an ``OrderGroup`` of the request's id, with an order for each seller under one payment;
/// see ``CheckoutState/parts()``.
public struct CheckoutRequest: Sendable, Hashable {
    /// Names the purchase, chosen by the caller: the same request under the same id is the same purchase.
    public let order: OrderID
    /// Who buys.
    public let buyer: MemberID
    /// What is bought, at prices nothing is taken off; none where a purchase is priced.
    public let lines: [OrderLine]
    /// What is bought, to be priced with promotions by the checkout itself.
    public let purchase: Purchase?
    /// Where it is to be sent, in the buyer's address book: its orders keep a copy of the address as it is then.
    public let address: AddressID?
    /// By what it is to be paid; none for one payment at the gateway, which knows what to charge.
    public let tenders: [CheckoutTender]

    /// Makes a request for goods at given prices.
    public init(
        order: OrderID,
        buyer: MemberID,
        lines: [OrderLine],
        address: AddressID? = nil,
        tenders: [CheckoutTender] = []
    ) {
        self.order = order
        self.buyer = buyer
        self.lines = lines
        purchase = nil
        self.address = address
        self.tenders = tenders
    }

    /// Makes a request for what the checkout prices itself: catalogue prices, promotions, coupons, shipping and tax.
    public init(
        order: OrderID,
        buyer: MemberID,
        purchase: Purchase,
        address: AddressID? = nil,
        tenders: [CheckoutTender] = []
    ) {
        self.order = order
        self.buyer = buyer
        lines = []
        self.purchase = purchase
        self.address = address
        self.tenders = tenders
    }
}
