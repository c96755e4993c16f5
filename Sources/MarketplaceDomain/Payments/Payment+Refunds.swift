import MarketplaceCore

extension Payment.Known {
    func initiateRefund(
        _ key: IdempotencyKey,
        _ amount: Money?,
        _ destination: RefundDestination,
        _ command: Payment.Command
    ) throws(PaymentRejection) -> [PaymentEvent] {
        if let earlier = payment.refunds[key] {
            guard amount == nil || amount == earlier.amount else { throw .keyReused(key, amount: earlier.amount) }
            if isRoleAllowed(.initiateRefund, command) { return [] }
        }
        _ = try move(.initiateRefund, command)
        let refundable = try computed(amounts.refundable)
        guard amount != nil || refundable.isPositive else { throw .nothingToRefund }
        let requested = amount ?? refundable
        try check(requested)
        guard requested.minorUnits <= refundable.minorUnits else {
            throw .exceedsCaptured(requested: requested, refundable: refundable)
        }
        guard payment.refunds.count < Payment.maximumRefunds else {
            throw .tooManyRefunds(maximum: Payment.maximumRefunds)
        }
        let initiated = RefundInitiated(
            paymentID: begun.paymentID,
            orderID: begun.orderID,
            key: key,
            amount: requested,
            pendingTotal: try computed { () throws(MoneyError) in try amounts.pendingRefunds + requested },
            by: command.actor,
            at: command.time,
            destination: destination == .payment ? nil : destination
        )
        return [.refundInitiated(initiated)]
    }

    func completeRefund(_ key: IdempotencyKey, _ command: Payment.Command) throws(PaymentRejection) -> [PaymentEvent] {
        guard let refund = try open(key, toEnd: .completed, .completeRefund, command) else { return [] }
        let amount = refund.amount
        let refunded = try computed { () throws(MoneyError) in try amounts.refunded + amount }
        var facts: Set<TransitionFact> = []
        if refunded == amounts.captured, try computed(amounts.capturable).isZero { facts.insert(.nothingIsKept) }
        _ = try move(.completeRefund, command, given: facts)
        let completed = RefundCompleted(
            paymentID: begun.paymentID,
            orderID: begun.orderID,
            key: key,
            amount: amount,
            refundedTotal: refunded,
            pendingTotal: try computed { () throws(MoneyError) in try amounts.pendingRefunds - amount },
            at: command.time,
            destination: refund.destination == .payment ? nil : refund.destination
        )
        return [.refundCompleted(completed)]
    }

    func failRefund(_ key: IdempotencyKey, _ command: Payment.Command) throws(PaymentRejection) -> [PaymentEvent] {
        guard let amount = try open(key, toEnd: .failed, .failRefund, command)?.amount else { return [] }
        _ = try move(.failRefund, command)
        let failed = RefundFailed(
            paymentID: begun.paymentID,
            orderID: begun.orderID,
            key: key,
            amount: amount,
            pendingTotal: try computed { () throws(MoneyError) in try amounts.pendingRefunds - amount },
            at: command.time
        )
        return [.refundFailed(failed)]
    }

    /// The open refund of that key; nil when it has ended that way before.
    private func open(
        _ key: IdempotencyKey,
        toEnd end: PaymentRefund.Status,
        _ move: PaymentMove,
        _ command: Payment.Command
    ) throws(PaymentRejection) -> PaymentRefund? {
        guard let refund = payment.refunds[key] else {
            _ = try self.move(move, command)
            throw .unknownRefund(key)
        }
        if refund.status == end, isRoleAllowed(move, command) { return nil }
        guard refund.status == .initiated else { throw .refundEnded(key, refund.status) }
        return refund
    }
}
