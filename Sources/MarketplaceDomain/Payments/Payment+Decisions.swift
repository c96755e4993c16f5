import MarketplaceCore

extension Payment {
    func create(
        _ id: PaymentID,
        _ order: OrderID,
        _ buyer: MemberID,
        _ amount: Money,
        _ command: Command
    ) throws(PaymentRejection) -> [PaymentEvent] {
        if let begun {
            let isSame =
                begun.paymentID == id && begun.orderID == order && begun.buyerID == buyer && begun.amount == amount
            guard isSame, command.actor.role == .system else { throw .alreadyCreated(begun.paymentID) }
            return []
        }
        do throws(TransitionRefusal<PaymentStatus, PaymentMove, ActorRole>) {
            _ = try Self.lifecycle.move(.create, from: nil, by: command.actor.role)
        } catch {
            throw .move(error)
        }
        guard amount.isPositive else { throw .notPositive(amount) }
        let created = PaymentCreated(paymentID: id, orderID: order, buyerID: buyer, amount: amount, at: command.time)
        return [.created(created)]
    }

    /// A payment that exists, so that no decision has to ask.
    struct Known {
        let payment: Payment
        let begun: PaymentCreated
        let amounts: PaymentAmounts
        let status: PaymentStatus
    }
}

extension Payment.Known {
    func authorize(
        _ amount: Money,
        _ reference: GatewayReference,
        _ command: Payment.Command
    ) throws(PaymentRejection) -> [PaymentEvent] {
        try check(amount)
        guard amount == begun.amount else { throw .authorizationMismatch(expected: begun.amount, found: amount) }
        if status == .authorized, reference == payment.reference, isRoleAllowed(.authorize, command) { return [] }
        _ = try move(.authorize, command)
        return [
            .authorized(
                PaymentAuthorized(
                    paymentID: begun.paymentID,
                    orderID: begun.orderID,
                    amount: amount,
                    reference: reference,
                    at: command.time
                )
            )
        ]
    }

    func capture(
        _ key: IdempotencyKey,
        _ amount: Money?,
        _ command: Payment.Command
    ) throws(PaymentRejection) -> [PaymentEvent] {
        guard let requested = try amountToCapture(key, amount, by: .capture, command) else { return [] }
        let total = try computed { () throws(MoneyError) in try amounts.captured + requested }
        let captured = PaymentCaptured(
            paymentID: begun.paymentID,
            orderID: begun.orderID,
            key: key,
            amount: requested,
            capturedTotal: total,
            at: command.time
        )
        let left = try computed { () throws(MoneyError) in try amounts.authorized - amounts.voided - total }
        guard left.isZero else { return [.captured(captured)] }
        return [.captured(captured), completed(total, command)]
    }

    func void(_ command: Payment.Command) throws(PaymentRejection) -> [PaymentEvent] {
        if !amounts.voided.isZero || status == .voided, isRoleAllowed(.void, command) { return [] }
        let remainder = try computed(amounts.capturable)
        var facts: Set<TransitionFact> = []
        if remainder.isPositive { facts.insert(.remainderIsOpen) }
        if amounts.captured == amounts.refunded { facts.insert(.nothingIsKept) }
        let target = try move(.void, command, given: facts)
        // A capture that may have happened must be known first: its money would be neither taken nor free.
        try refuse(whileUnderWay: .capture)
        let voided = PaymentVoided(
            paymentID: begun.paymentID,
            orderID: begun.orderID,
            amount: remainder,
            by: command.actor,
            at: command.time
        )
        guard target != .voided else { return [.voided(voided)] }
        return [.voided(voided), completed(amounts.captured, command)]
    }

    func fail(_ reason: PaymentFailureReason, _ command: Payment.Command) throws(PaymentRejection) -> [PaymentEvent] {
        if status == .failed, isRoleAllowed(.fail, command) { return [] }
        _ = try move(.fail, command)
        try refuse(whileUnderWay: .capture)
        let failed = PaymentFailed(
            paymentID: begun.paymentID,
            orderID: begun.orderID,
            reason: reason,
            at: command.time
        )
        return [.failed(failed)]
    }

    private func completed(_ total: Money, _ command: Payment.Command) -> PaymentEvent {
        .completed(
            PaymentCompleted(paymentID: begun.paymentID, orderID: begun.orderID, amount: total, at: command.time)
        )
    }
}

extension Payment.Known {
    /// The status that `move` leads to.
    func move(
        _ move: PaymentMove,
        _ command: Payment.Command,
        given facts: Set<TransitionFact> = []
    ) throws(PaymentRejection) -> PaymentStatus {
        do throws(TransitionRefusal<PaymentStatus, PaymentMove, ActorRole>) {
            return try Payment.lifecycle.move(move, from: status, by: command.actor.role, given: facts)
        } catch {
            throw .move(error)
        }
    }

    /// Whether who repeats a move may make it at all.
    func isRoleAllowed(_ move: PaymentMove, _ command: Payment.Command) -> Bool {
        Payment.lifecycle.roles(of: move).contains(command.actor.role)
    }

    /// Checks that an amount is above zero and in the payment's currency.
    func check(_ amount: Money) throws(PaymentRejection) {
        guard amount.currency == begun.amount.currency else {
            throw .currencyMismatch(expected: begun.amount.currency, found: amount.currency)
        }
        guard amount.isPositive else { throw .notPositive(amount) }
    }

    /// An amount, with its error as a rejection.
    func computed(_ amount: () throws(MoneyError) -> Money) throws(PaymentRejection) -> Money {
        do throws(MoneyError) {
            return try amount()
        } catch {
            throw .amount(error)
        }
    }
}
