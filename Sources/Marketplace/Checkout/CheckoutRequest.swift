public import MarketplaceDomain

/// What is bought by whom, at prices the server has computed.
public struct CheckoutRequest: Sendable, Hashable {
    /// Names the purchase, chosen by the caller: the same request under the same id is the same purchase.
    public let order: OrderID
    /// Who buys.
    public let buyer: MemberID
    /// What is bought.
    public let lines: [OrderLine]

    /// Makes a request.
    public init(order: OrderID, buyer: MemberID, lines: [OrderLine]) {
        self.order = order
        self.buyer = buyer
        self.lines = lines
    }
}
