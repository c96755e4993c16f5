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
        let create = OrderAction.create(
            id: state.order,
            buyer: state.buyer,
            lines: state.lines,
            statedTotal: state.total
        )
        try await orders.handle(
            ActorCommand(create, by: .buyer(state.buyer), at: step.time),
            on: state.order,
            key: step.idempotencyKey,
            at: step.time
        )
    }

    func confirm(_ state: CheckoutState, _ step: StepContext) async throws {
        try await orders.handle(
            ActorCommand(.confirm, by: .system, at: step.time),
            on: state.order,
            key: step.idempotencyKey,
            at: step.time
        )
    }

    /// An order that was never created needs no undoing.
    func fail(_ state: CheckoutState, _ step: StepContext) async throws {
        do throws(RepositoryError<OrderRejection>) {
            try await orders.handle(
                ActorCommand(.fail(reason(of: step)), by: .system, at: step.time),
                on: state.order,
                key: step.idempotencyKey,
                at: step.time
            )
        } catch {
            guard case .rejected(.notCreated) = error else { throw error }
        }
    }

    private func reason(of step: StepContext) -> OrderFailureReason {
        guard let abort = step.abort else { return .other }
        switch CheckoutRefusal(abort, codec: codec) {
        case .stock(.insufficientStock), .stock(.unknownSKU): return .outOfStock
        case .stock(.expired): return .timedOut
        case .payment: return .paymentRefused
        case .stock, .other: return .other
        }
    }
}
