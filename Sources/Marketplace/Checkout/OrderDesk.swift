import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory
import MarketplacePorts
import MarketplaceSagas
import MarketplaceStorage

/// What a checkout does with the order.
struct OrderDesk: Sendable {
    private let orders: Repository<Order>
    private let codec: any PayloadCodec

    init(_ orders: Repository<Order>, codec: any PayloadCodec) {
        self.orders = orders
        self.codec = codec
    }

    func create(_ state: CheckoutState, _ step: StepContext) async throws {
        try await orders.handle(creation(state, step), on: state.order, key: step.idempotencyKey, at: step.time)
    }

    func confirm(_ state: CheckoutState, _ step: StepContext) async throws {
        try await orders.handle(
            ActorCommand(.confirm, by: .system, at: step.time),
            on: state.order,
            key: step.idempotencyKey,
            at: step.time
        )
    }

    /// An order that was never created is created as a failed one: the buyer finds it, and a creation that comes late
    /// changes nothing any more.
    func fail(_ state: CheckoutState, _ step: StepContext) async throws {
        let fail = ActorCommand(OrderAction.fail(reason(of: step)), by: .system, at: step.time)
        let create = creation(state, step)
        try await orders.handle(on: state.order, key: step.idempotencyKey, at: step.time) { order in
            order.status == nil ? [create, fail] : [fail]
        }
    }

    /// Where an order stands; nil when there is none.
    func status(of order: OrderID) async throws(RepositoryError<OrderRejection>) -> OrderStatus? {
        try await orders.load(order).root.status
    }

    private func creation(_ state: CheckoutState, _ step: StepContext) -> Order.Command {
        let create = OrderAction.create(
            id: state.order,
            buyer: state.buyer,
            lines: state.lines,
            shares: state.shares,
            statedTotal: state.total
        )
        return ActorCommand(create, by: .buyer(state.buyer), at: step.time)
    }

    private func reason(of step: StepContext) -> OrderFailureReason {
        guard let abort = step.abort else { return .other }
        guard abort.cause != .deadline else { return .timedOut }
        switch CheckoutRefusal(abort, codec: codec) {
        case .stock(.insufficientStock), .stock(.unknownSKU): return .outOfStock
        case .stock(.expired), .coupon(.expired): return .timedOut
        case .payment: return .paymentRefused
        case .coupon: return .couponRefused
        case .stock, .pricing, .other: return .other
        }
    }
}
