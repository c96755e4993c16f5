public import MarketplaceCore

extension Payment.Known {
    func beginAuthorization(
        _ key: IdempotencyKey,
        _ amount: Money,
        _ command: Payment.Command
    ) throws(PaymentRejection) -> [PaymentEvent] {
        try check(amount)
        guard amount == begun.amount else { throw .authorizationMismatch(expected: begun.amount, found: amount) }
        if isRoleAllowed(.beginAuthorization, command) {
            // What is set aside already is not set aside a second time, whoever asks again and under whatever key.
            if status == .authorized || status == .captured || status == .refunded { return [] }
            if payment.operations[key]?.kind == .authorize { return [] }
        }
        _ = try move(.beginAuthorization, command)
        try refuse(whileUnderWay: .authorize, .void)
        return [try began(key, .authorize, amount, command)]
    }

    func beginCapture(
        _ key: IdempotencyKey,
        _ amount: Money?,
        _ command: Payment.Command
    ) throws(PaymentRejection) -> [PaymentEvent] {
        if let known = payment.operations[key], known.kind == .capture, let earlier = known.amount {
            guard amount == nil || amount == earlier else { throw .keyReused(key, amount: earlier) }
            if isRoleAllowed(.beginCapture, command) { return [] }
        }
        guard let requested = try amountToCapture(key, amount, by: .beginCapture, command) else { return [] }
        try refuse(whileUnderWay: .void)
        return [try began(key, .capture, requested, command)]
    }

    func beginVoid(_ key: IdempotencyKey, _ command: Payment.Command) throws(PaymentRejection) -> [PaymentEvent] {
        if isRoleAllowed(.beginVoid, command) {
            if !amounts.voided.isZero || status == .voided { return [] }
            if payment.operations[key]?.kind == .void { return [] }
        }
        let remainder = try computed(amounts.capturable)
        _ = try move(.beginVoid, command, given: remainder.isPositive ? [.remainderIsOpen] : [])
        try refuse(whileUnderWay: .capture, .void)
        return [try began(key, .void, remainder.isPositive ? remainder : nil, command)]
    }

    func refuseOperation(_ key: IdempotencyKey, _ command: Payment.Command) throws(PaymentRejection) -> [PaymentEvent] {
        let known = payment.operations[key]
        if known?.status == .refused, isRoleAllowed(.refuseOperation, command) { return [] }
        _ = try move(.refuseOperation, command)
        guard let known else { throw .unknownOperation(key) }
        let refused = PaymentOperationRefused(
            paymentID: begun.paymentID,
            orderID: begun.orderID,
            key: key,
            kind: known.kind,
            at: command.time
        )
        return [.operationRefused(refused)]
    }

    func settleDiscrepancy(
        _ id: PaymentDiscrepancyID,
        _ kind: PaymentOperationKind,
        _ key: IdempotencyKey?,
        _ end: PaymentDiscrepancyEnd,
        _ command: Payment.Command
    ) throws(PaymentRejection) -> [PaymentEvent] {
        // It is possible at any time, and moves the payment nowhere: what follows from it does.
        do throws(CommandForbidden) {
            try command.authorize(owner: begun.buyerID)
        } catch {
            throw .forbidden(error)
        }
        if payment.settledDiscrepancies.contains(id) { return [] }
        guard payment.settledDiscrepancies.count < Payment.maximumOperations else {
            throw .tooManyOperations(maximum: Payment.maximumOperations)
        }
        let settled = PaymentDiscrepancySettled(
            paymentID: begun.paymentID,
            orderID: begun.orderID,
            discrepancyID: id,
            kind: kind,
            key: key,
            end: end,
            by: command.actor,
            at: command.time
        )
        return [.discrepancySettled(settled)]
    }

    /// How much a capture takes, or is going to take; nil when it takes nothing more.
    func amountToCapture(
        _ key: IdempotencyKey,
        _ amount: Money?,
        by move: PaymentMove,
        _ command: Payment.Command
    ) throws(PaymentRejection) -> Money? {
        let isAllowed = isRoleAllowed(move, command)
        if let earlier = payment.captures[key] {
            guard amount == nil || amount == earlier else { throw .keyReused(key, amount: earlier) }
            if isAllowed { return nil }
        }
        let own = payment.amountUnderWay(key)
        if let own, let amount, amount != own { throw .keyReused(key, amount: own) }
        let open = try computed(amounts.capturable)
        if amounts.captured.isPositive, open.isZero, isAllowed {
            // All that is left was taken before, or the whole was: taking it again takes nothing.
            if amount == nil || amount == amounts.captured && amount == amounts.authorized { return nil }
        }
        _ = try self.move(move, command)
        let others = try pendingCaptures(except: key)
        let capturable = try computed { () throws(MoneyError) in try open - others.total }
        if amount == nil, capturable.isZero, let other = others.firstKey { throw .operationUnderWay(other, .capture) }
        let requested = amount ?? own ?? capturable
        try check(requested)
        guard requested.minorUnits <= capturable.minorUnits else {
            throw .exceedsAuthorized(requested: requested, capturable: capturable)
        }
        guard payment.captures.count + others.count < Payment.maximumCaptures else {
            throw .tooManyCaptures(maximum: Payment.maximumCaptures)
        }
        return requested
    }

    /// Refuses what must not be begun or recorded while something else may still move the same money.
    func refuse(whileUnderWay kinds: PaymentOperationKind...) throws(PaymentRejection) {
        for kind in kinds {
            if let key = payment.keysUnderWay(kind).min() { throw .operationUnderWay(key, kind) }
        }
    }

    private struct PendingCaptures {
        let total: Money
        let count: Int
        let firstKey: IdempotencyKey?
    }

    private func pendingCaptures(except key: IdempotencyKey) throws(PaymentRejection) -> PendingCaptures {
        let keys = payment.keysUnderWay(.capture).filter { $0 != key }
        let total = try computed { () throws(MoneyError) in
            try Money.sum(of: keys.compactMap(payment.amountUnderWay), in: begun.amount.currency)
        }
        return PendingCaptures(total: total, count: keys.count, firstKey: keys.min())
    }

    private func began(
        _ key: IdempotencyKey,
        _ kind: PaymentOperationKind,
        _ amount: Money?,
        _ command: Payment.Command
    ) throws(PaymentRejection) -> PaymentEvent {
        if let known = payment.operations[key] { throw .operationUnderWay(key, known.kind) }
        guard payment.operations.count < Payment.maximumOperations else {
            throw .tooManyOperations(maximum: Payment.maximumOperations)
        }
        return .operationBegun(
            PaymentOperationBegun(
                paymentID: begun.paymentID,
                orderID: begun.orderID,
                key: key,
                kind: kind,
                amount: amount,
                by: command.actor,
                at: command.time
            )
        )
    }
}

extension Payment {
    /// The keys of what the gateway is being asked to do, of one kind.
    public func keysUnderWay(_ kind: PaymentOperationKind) -> [IdempotencyKey] {
        guard kind != .refund else { return refunds.filter { $0.value.status == .initiated }.map(\.key) }
        return operations.filter { $0.value.kind == kind && $0.value.status == .begun }.map(\.key)
    }

    /// How much the gateway is being asked to move under that key; nil when it is not, or not a certain amount.
    func amountUnderWay(_ key: IdempotencyKey) -> Money? {
        guard let known = operations[key], known.status == .begun else { return nil }
        return known.amount
    }

    /// Moves the operations along a recorded event.
    mutating func applyToOperations(_ event: PaymentEvent) {
        switch event {
        case .operationBegun(let begun):
            operations[begun.key] = PaymentOperation(kind: begun.kind, amount: begun.amount, status: .begun)
        case .operationRefused(let refused): operations[refused.key]?.status = .refused
        case .captured(let captured): operations[captured.key] = nil
        case .authorized: operations = operations.filter { $0.value.kind != .authorize }
        // A void outlives an authorization under way: the gateway refuses what arrives later.
        case .voided: operations = operations.filter { $0.value.kind != .authorize && $0.value.kind != .void }
        case .failed: operations = [:]
        case .created, .completed, .refundInitiated, .refundCompleted, .refundFailed, .discrepancySettled: break
        }
    }
}
