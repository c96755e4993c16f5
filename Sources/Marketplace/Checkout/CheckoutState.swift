public import MarketplaceCore
public import MarketplaceCoupons
public import MarketplaceDomain
public import MarketplaceInventory
public import MarketplacePorts
public import MarketplaceSagas

/// What a checkout knows: what is bought, and what its steps have brought about.
public struct CheckoutState: SagaState, Hashable {
    /// The order.
    public let order: OrderID
    /// Who buys.
    public let buyer: MemberID
    /// What is bought where its prices are given.
    private let givenLines: [OrderLine]
    /// What is bought where it is priced by the checkout.
    public let purchase: Purchase?

    /// The price of the purchase.
    public internal(set) var priced: PricedOrder?
    /// Whether the stock is reserved.
    var isReserved: Bool?
    /// The money that is set aside.
    public internal(set) var authorization: GatewayReceipt?
    /// The money that is taken.
    public internal(set) var capture: GatewayReceipt?

    /// The money that is taken before the stock is.
    var charge: GatewayReceipt?
    /// That the gateway has confirmed the payment afterwards.
    var notice: PaymentNotice?

    /// What is bought, gifts among it once it is priced.
    public var lines: [OrderLine] { priced?.lines ?? givenLines }
    /// What each unit is sold for, once it is priced; nil where that is its price.
    public var shares: FrozenShares? { priced?.shares }
    /// What it comes to.
    public var total: Money { priced?.shares.total ?? givenTotal }
    private let givenTotal: Money

    /// Whether the checkout has to price it.
    var isToBePriced: Bool { purchase != nil }
    /// Whether it claims limits or coupons: what claims nothing is bought without a redemption.
    var usesCoupons: Bool { priced.map { !$0.claims.isEmpty || !$0.codes.isEmpty } ?? false }
    /// Who buys, as limits and coupons know members.
    var member: MemberKey { purchase?.buyer.member ?? MemberKey(buyer) }

    /// Whether there is anything to pay: what costs nothing is bought without the gateway.
    var costsSomething: Bool { total.isPositive }

    /// The payment of the order: it has the bits of the order's id, so that every restart finds the same one.
    public var payment: PaymentID { PaymentID(bits: order.bits) }

    /// The reservation of the order: it has the bits of the order's id, so that every restart finds the same one.
    public var reservation: ReservationID { ReservationID(bits: order.bits) }

    /// The redemption of the order: it has the bits of the order's id, so that every restart finds the same one.
    public var redemption: RedemptionID { RedemptionID(bits: order.bits) }

    /// The state a checkout begins with, if the order it asks for can exist.
    init(_ request: CheckoutRequest) throws(CheckoutError) {
        let lines =
            try request.purchase.map { purchase throws(CheckoutError) in try Self.lines(of: purchase) } ?? request.lines
        let create = OrderAction.create(id: request.order, buyer: request.buyer, lines: lines)
        let events: [OrderEvent]
        do throws(OrderRejection) {
            events = try Order().decide(ActorCommand(create, by: .buyer(request.buyer), at: .epoch))
        } catch {
            throw .invalid(error)
        }
        guard let total = Order(replaying: events).total else { throw .invalid(.noLines) }
        order = request.order
        buyer = request.buyer
        givenLines = lines
        givenTotal = total
        purchase = request.purchase
    }

    /// The goods of a purchase at their prices before promotions.
    private static func lines(of purchase: Purchase) throws(CheckoutError) -> [OrderLine] {
        do throws(PricingRefusal) {
            try purchase.validate()
        } catch {
            throw .unpriceable(error)
        }
        return purchase.basket.lines.compactMap { line in
            line.sku.map { OrderLine(sku: $0, quantity: line.quantity, unitPrice: line.unitPrice) }
        }
    }
}
