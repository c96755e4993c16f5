import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory
import MarketplacePorts
import MarketplaceSagas
import MarketplaceStorage

/// What a checkout does with the order, or with the orders of a group.
struct OrderDesk: Sendable {
    let archive: OrderArchive
    private let codec: any PayloadCodec

    init(_ archive: OrderArchive) {
        self.archive = archive
        codec = archive.codec
    }

    /// Places the order, or the group with all its orders in one commit.
    func create(_ state: CheckoutState, _ step: StepContext) async throws {
        let addresses = try await addresses(state, step)
        guard let parts = try state.parts() else {
            let creation = creation(state, step)
            try await archive.orders.handle(
                creation,
                on: state.order,
                key: step.idempotencyKey,
                at: step.time
            ) { transaction in
                for address in addresses { transaction.write(address) }
            }
            return
        }
        try await archive.joint(at: step.time) { transaction throws(OrdersError) in
            try await addGroup(parts, state, step, to: &transaction)
            for part in parts {
                try await add([.creating(part, state)], to: part.order, state, step, in: &transaction)
            }
            // What was placed before keeps the address it has.
            if !transaction.isEmpty { for address in addresses { transaction.write(address) } }
        }
    }

    func confirm(_ state: CheckoutState, _ step: StepContext) async throws {
        guard let parts = try state.parts() else {
            try await archive.orders.handle(
                ActorCommand(.confirm, by: .system, at: step.time),
                on: state.order,
                key: step.idempotencyKey,
                at: step.time
            )
            return
        }
        try await archive.joint(at: step.time) { transaction throws(OrdersError) in
            for part in parts { try await add([.confirm], to: part.order, state, step, in: &transaction) }
        }
    }

    /// An order that was never created is created as a failed one: the buyer finds it, and a creation that comes late
    /// changes nothing any more.
    func fail(_ state: CheckoutState, _ step: StepContext) async throws {
        let fail = OrderAction.fail(reason(of: step))
        guard let parts = try state.parts() else {
            let failing = ActorCommand(fail, by: .system, at: step.time)
            let create = creation(state, step)
            try await archive.orders.handle(on: state.order, key: step.idempotencyKey, at: step.time) { order in
                order.status == nil ? [create, failing] : [failing]
            }
            return
        }
        try await archive.joint(at: step.time) { transaction throws(OrdersError) in
            try await addGroup(parts, state, step, to: &transaction)
            for part in parts {
                try await add([.creating(part, state), fail], to: part.order, state, step, in: &transaction)
            }
        }
    }

    /// The order of a purchase, or all orders of its group; none when there are none.
    func purchase(_ id: OrderID) async throws(OrdersError) -> [Order] {
        if let group = try await archive.group(OrderGroupID(of: id)) {
            var orders: [Order] = []
            for grouped in group.orders { orders.append(try await archive.order(grouped.orderID)) }
            return orders
        }
        do throws(OrdersError) {
            return try await archive.purchase(of: try await archive.order(id))
        } catch {
            if case .unknownOrder = error { return [] }
            throw error
        }
    }

    private func addGroup(
        _ parts: [PurchasePart],
        _ state: CheckoutState,
        _ step: StepContext,
        to transaction: inout Transaction
    ) async throws(OrdersError) {
        let group = OrderGroupID(of: state.order)
        let create = OrderGroupAction.create(
            id: group,
            buyer: state.buyer,
            orders: parts.map(\.grouped),
            payment: state.payment
        )
        let command = ActorCommand(create, by: .buyer(state.buyer), at: step.time)
        do throws(RepositoryError<OrderGroupRejection>) {
            try await archive.groups.add(to: &transaction, on: group, key: step.idempotencyKey) { _ in [command] }
        } catch {
            throw OrdersError(error)
        }
    }

    /// Adds actions to one order of a group; a creation is the buyer's, everything else the system's.
    private func add(
        _ actions: [OrderAction],
        to order: OrderID,
        _ state: CheckoutState,
        _ step: StepContext,
        in transaction: inout Transaction
    ) async throws(OrdersError) {
        let commands = actions.map { action in
            let isCreation = action.rule == .createOrder
            return ActorCommand(action, by: isCreation ? .buyer(state.buyer) : .system, at: step.time)
        }
        do throws(RepositoryError<OrderRejection>) {
            try await archive.orders.add(to: &transaction, on: order, key: step.idempotencyKey) { _ in commands }
        } catch {
            throw OrdersError(error)
        }
    }

    /// The buyer's address, frozen for each order.
    private func addresses(_ state: CheckoutState, _ step: StepContext) async throws -> [DocumentWrite] {
        guard let id = state.address else { return [] }
        let saved = try await archive.address(id, of: state.buyer)
        let frozen = AddressDocument(
            member: state.buyer,
            address: saved.address,
            label: nil,
            savedAt: step.time
        )
        let orders = try state.parts()?.map(\.order) ?? [state.order]
        return try orders.map { try archive.write(frozen, to: AddressKeySpace.address(of: $0)) }
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
        case .payment, .tenders: return .paymentRefused
        case .coupon: return .couponRefused
        case .stock, .pricing, .other: return .other
        }
    }
}

extension OrderAction {
    /// The placing of one order of a group.
    fileprivate static func creating(_ part: PurchasePart, _ state: CheckoutState) -> OrderAction {
        .create(
            id: part.order,
            buyer: state.buyer,
            lines: part.lines,
            shares: part.shares,
            statedTotal: part.total,
            group: OrderGroupID(of: state.order),
            groupCharges: part.groupCharges
        )
    }
}
