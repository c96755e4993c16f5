import MarketplaceCore

extension Order {
    /// An order that exists, with what is asked of it, so that no decision has to ask.
    struct Known {
        let order: Order
        let placed: OrderCreated
        let status: OrderStatus
        let command: Order.Command
    }
}

extension Order.Known {
    private typealias Refusal = TransitionRefusal<OrderStatus, OrderMove, ActorRole>

    var id: OrderID { placed.orderID }

    /// The status that `move` leads to under `facts`.
    func move(_ move: OrderMove, given facts: Set<TransitionFact> = []) throws(OrderRejection) -> OrderStatus {
        do throws(Refusal) {
            return try Order.lifecycle.move(move, from: status, by: command.actor.role, given: facts)
        } catch {
            throw .move(error)
        }
    }

    /// Whether who repeats a move may make it at all.
    func isRoleAllowed(_ move: OrderMove) -> Bool {
        Order.lifecycle.roles(of: move).contains(command.actor.role)
    }

    /// The facts that stand now.
    var facts: Set<TransitionFact> {
        order.requestedCancellation == nil ? [] : [.cancellationIsRequested]
    }

    /// The event of a new status, if it is one.
    func moved(to target: OrderStatus, failure: OrderFailureReason? = nil) -> [OrderEvent] {
        guard target != status else { return [] }
        let changed = OrderStatusChanged(
            orderID: id,
            from: status,
            to: target,
            failure: failure,
            by: command.actor,
            at: command.time
        )
        return [.statusChanged(changed)]
    }

    /// A move that does nothing but lead to another status; repeated in that status it changes nothing.
    func changeStatus(_ move: OrderMove, failure: OrderFailureReason? = nil) throws(OrderRejection) -> [OrderEvent] {
        if let target = Order.lifecycle.rows.first(where: { $0.move == move })?.target, target == status,
            isRoleAllowed(move)
        {
            return []
        }
        return moved(to: try self.move(move), failure: failure)
    }

    func expire() throws(OrderRejection) -> [OrderEvent] {
        try changeByTimer(.expire, to: .expired)
    }

    func complete() throws(OrderRejection) -> [OrderEvent] {
        guard command.actor.role == .system else { return try changeStatus(.complete) }
        return try changeByTimer(.complete, to: .completed)
    }

    private func changeByTimer(_ move: OrderMove, to target: OrderStatus) throws(OrderRejection) -> [OrderEvent] {
        guard command.actor.role == .system else { return moved(to: try self.move(move)) }
        if status == target { return [] }
        do throws(Refusal) {
            let row = try Order.lifecycle.fire(move, from: status, history: order.history, now: command.time)
            return moved(to: row.target)
        } catch {
            throw .move(error)
        }
    }
}

extension Order.Known {
    func cancel(_ reason: OrderCancellationReason) throws(OrderRejection) -> [OrderEvent] {
        if status == .canceled, isRoleAllowed(.cancel) { return [] }
        _ = try move(.cancel, given: facts)
        return [canceled(reason)]
    }

    func requestCancellation(_ reason: OrderCancellationReason) throws(OrderRejection) -> [OrderEvent] {
        _ = try move(.requestCancellation)
        guard order.requestedCancellation == nil else { return [] }
        let request = OrderCancellationRequested(
            orderID: id,
            reason: reason,
            by: command.actor,
            at: command.time
        )
        return [.cancellationRequested(request)]
    }

    func acceptCancellation() throws(OrderRejection) -> [OrderEvent] {
        if status == .canceled, isRoleAllowed(.acceptCancellation) { return [] }
        _ = try move(.acceptCancellation, given: facts)
        return [canceled(order.requestedCancellation ?? .buyerRequest)]
    }

    func rejectCancellation(_ reason: CancellationRejectionReason) throws(OrderRejection) -> [OrderEvent] {
        _ = try move(.rejectCancellation, given: facts)
        let rejected = OrderCancellationRejected(
            orderID: id,
            reason: reason,
            by: command.actor,
            at: command.time
        )
        return [.cancellationRejected(rejected)]
    }

    func changeAddress() throws(OrderRejection) -> [OrderEvent] {
        _ = try move(.changeAddress)
        return [.addressChanged(OrderAddressChanged(orderID: id, by: command.actor, at: command.time))]
    }

    func recordReturn(_ index: Int, _ units: Int) throws(OrderRejection) -> [OrderEvent] {
        _ = try move(.recordReturn)
        guard order.units.indices.contains(index) else { throw .unknownLine(index: index) }
        let line = order.units[index]
        guard units > 0, units <= line.returnable else {
            throw .unitsOutOfRange(lineIndex: index, requested: units, available: line.returnable)
        }
        let returned = OrderUnitsReturned(
            orderID: id,
            lineIndex: index,
            units: units,
            returnedTotal: line.returned + units,
            by: command.actor,
            at: command.time
        )
        return [.unitsReturned(returned)]
    }

    func noteRefund(_ number: Int) throws(OrderRejection) -> [OrderEvent] {
        _ = try move(.noteRefund)
        guard let refund = order.refunds.first(where: { $0.number == number }) else {
            throw .unknownRefund(number: number)
        }
        guard !refund.isSettled else { return [] }
        let settled = OrderRefundSettled(
            orderID: id,
            number: number,
            amount: refund.amount,
            by: command.actor,
            at: command.time
        )
        return [.refundSettled(settled)]
    }

    func retryRefund(_ number: Int, _ attempt: Int) throws(OrderRejection) -> [OrderEvent] {
        _ = try move(.retryRefund)
        guard let refund = order.refunds.first(where: { $0.number == number }) else {
            throw .unknownRefund(number: number)
        }
        // Given back since, or asked for by somebody else.
        if refund.isSettled || attempt > 1 && attempt <= refund.attempt { return [] }
        guard attempt == refund.attempt + 1 else { throw .unknownRefundAttempt(number: number, attempt: attempt) }
        guard attempt <= Order.maximumRefundAttempts else {
            throw .tooManyRefundAttempts(maximum: Order.maximumRefundAttempts)
        }
        let retried = OrderRefundRetried(
            orderID: id,
            number: number,
            attempt: attempt,
            by: command.actor,
            at: command.time
        )
        return [.refundRetried(retried)]
    }

    private func canceled(_ reason: OrderCancellationReason) -> OrderEvent {
        .canceled(OrderCanceled(orderID: id, from: status, reason: reason, by: command.actor, at: command.time))
    }
}
