public import MarketplaceCore
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
    /// What is bought.
    public let lines: [OrderLine]
    /// What it comes to.
    public let total: Money

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

    /// Whether there is anything to pay: what costs nothing is bought without the gateway.
    var costsSomething: Bool { total.isPositive }

    /// The payment of the order: it has the bits of the order's id, so that every restart finds the same one.
    public var payment: PaymentID { PaymentID(bits: order.bits) }

    /// The reservation of the order: it has the bits of the order's id, so that every restart finds the same one.
    public var reservation: ReservationID { ReservationID(bits: order.bits) }

    /// The state a checkout begins with, if the order it asks for can exist.
    init(_ request: CheckoutRequest) throws(CheckoutError) {
        let create = OrderAction.create(id: request.order, buyer: request.buyer, lines: request.lines)
        let events: [OrderEvent]
        do throws(OrderRejection) {
            events = try Order().decide(ActorCommand(create, by: .buyer(request.buyer), at: .epoch))
        } catch {
            throw .invalid(error)
        }
        guard let total = Order(replaying: events).total else { throw .invalid(.noLines) }
        order = request.order
        buyer = request.buyer
        lines = request.lines
        self.total = total
    }
}
