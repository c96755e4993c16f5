import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

extension PaymentWebhooks {
    /// What a notice comes to: it is applied here, unless it must wait or does not fit.
    func verdict(on notice: GatewayNotice) async throws(PaymentError) -> PaymentWebhookOutcome {
        guard let id = try await payment(of: notice.subject) else { return .kept(.unknownPayment) }
        var payment = try await payments.load(id)
        guard let begun = payment.begun else { return .kept(.unknownPayment) }
        if let amount = notice.amount {
            if amount.isNegative { return try discrepancy(.negative(amount), notice, id, nil) }
            if amount.currency != begun.amount.currency {
                return try discrepancy(.amount(expected: begun.amount, found: amount), notice, id, notice.key)
            }
        }
        if notice.kind != .authorize, payment.status == .created {
            payment = try await probeAuthorization(of: id, payment)
        }
        guard let key = notice.key ?? payment.keyUnderWay(notice.kind, notice.amount) else {
            return try await verdict(withoutKey: notice, on: payment, id)
        }
        do throws(PaymentError) {
            return try await verdict(on: notice, key, of: payment, id)
        } catch {
            if case .discrepancy(let discrepancy) = error { return .discrepancy(discrepancy) }
            throw error
        }
    }

    private func verdict(
        on notice: GatewayNotice,
        _ key: IdempotencyKey,
        of payment: Payment,
        _ id: PaymentID
    ) async throws(PaymentError) -> PaymentWebhookOutcome {
        let operation = OpenOperation(payment: id, kind: notice.kind, key: key, method: nil, begunAt: notice.at)
        if let moved = payment.amountMoved(by: notice.kind, key) {
            guard notice.isPerformed else { return try discrepancy(.contradictory, notice, id, key) }
            if let amount = notice.amount, amount != moved {
                return try discrepancy(.amount(expected: moved, found: amount), notice, id, key)
            }
            return .applied(id)
        }
        if notice.kind == .void, payment.hasEnded(.void, nil, isPerformed: notice.isPerformed) { return .applied(id) }
        let isBegun = payment.keysAtGateway(notice.kind).contains(key)
        if isBegun, let answer = notice.answer(given: payment) {
            guard case .underWay(let amount) = payment.standing(of: notice.kind, key) else { return .applied(id) }
            try await payments.record(answer, of: operation, amount)
            return .applied(id)
        }
        // Not begun here, or the notice leaves out what has to be recorded: the gateway itself is asked.
        guard let answer = try await find(operation) else { return .kept(.unconfirmed) }
        switch answer {
        case .refused where notice.isPerformed: return try discrepancy(.contradictory, notice, id, key)
        case .performed where !notice.isPerformed: return try discrepancy(.contradictory, notice, id, key)
        case .refused:
            try await payments.record(answer, of: operation, nil)
            return .applied(id)
        // What has failed stays failed: another refund may have been given in its place. What became store credit has
        // not left the gateway.
        case .performed where payment.refunds[key]?.status == .failed || payment.isCredited(key):
            return try discrepancy(.contradictory, notice, id, key)
        case .performed(_, let moved):
            if let amount = notice.amount, let moved, amount != moved {
                return try discrepancy(.amount(expected: moved, found: amount), notice, id, key)
            }
            let amount = moved ?? notice.amount
            if payment.waits(for: answer.actions(after: notice.kind, key, of: amount, given: payment), at: notice.at) {
                return .kept(.outOfOrder)
            }
            try await payments.record(answer, of: operation, amount)
            return .applied(id)
        }
    }

    /// A notice that does not say which request it is about, when none of its kind and amount is under way.
    private func verdict(
        withoutKey notice: GatewayNotice,
        on payment: Payment,
        _ id: PaymentID
    ) async throws(PaymentError) -> PaymentWebhookOutcome {
        if payment.hasEnded(notice.kind, notice.amount, isPerformed: notice.isPerformed) { return .applied(id) }
        let others = payment.keysAtGateway(notice.kind).compactMap { key -> (key: IdempotencyKey, amount: Money)? in
            if case .underWay(let amount?) = payment.standing(of: notice.kind, key) { (key, amount) } else { nil }
        }
        if others.count == 1, let expected = others.first, let found = notice.amount {
            return try discrepancy(.amount(expected: expected.amount, found: found), notice, id, expected.key)
        }
        return .kept(payment.status == .created ? .outOfOrder : .unconfirmed)
    }

    /// The payment after its authorization was looked up: what follows on it has happened, so it has as well.
    private func probeAuthorization(of id: PaymentID, _ payment: Payment) async throws(PaymentError) -> Payment {
        guard let key = payment.keysUnderWay(.authorize).first,
            case .underWay(let amount) = payment.standing(of: .authorize, key)
        else { return payment }
        let operation = OpenOperation(payment: id, kind: .authorize, key: key, method: nil, begunAt: environment.now)
        guard let answer = try await find(operation) else { return payment }
        return try await payments.record(answer, of: operation, amount)
    }

    /// What the gateway remembers; nil when it does not know, or not yet: the notice waits then.
    private func find(_ operation: OpenOperation) async throws(PaymentError) -> GatewayAnswer? {
        do throws(PaymentError) {
            return try await payments.find(operation)
        } catch {
            if case .underWay = error { return nil }
            throw error
        }
    }

    private func payment(of subject: GatewayNotice.Subject) async throws(PaymentError) -> PaymentID? {
        switch subject {
        case .payment(let id): return id
        case .reference(let reference):
            return try await archive.read(PaymentKeySpace.reference(reference), as: PaymentID.self)?.value
        }
    }

    private func discrepancy(
        _ cause: PaymentDiscrepancy.Cause,
        _ notice: GatewayNotice,
        _ id: PaymentID,
        _ key: IdempotencyKey?
    ) throws(PaymentError) -> PaymentWebhookOutcome {
        .discrepancy(try payments.discrepancy(cause, id, notice.kind, key))
    }
}

extension GatewayNotice {
    /// What it tells as an answer of the gateway; nil when it leaves out what has to be recorded.
    fileprivate func answer(given payment: Payment) -> GatewayAnswer? {
        guard isPerformed else { return .refused(.declined("as a webhook told")) }
        var name = reference ?? payment.reference
        if case .reference(let own) = subject { name = name ?? own }
        return name.map { .performed($0, amount) }
    }
}

extension Payment {
    /// Whether something that the gateway has done cannot be recorded because what it follows on is not recorded yet.
    fileprivate func waits(for actions: [PaymentAction], at time: Timestamp) -> Bool {
        var copy = self
        do throws(PaymentRejection) {
            for command in actions.commands(at: time) { try copy.handle(command) }
            return false
        } catch {
            // Captures are told of one by one, and a refund of several may be told of first.
            return status == .created || status == .authorized || status == .captured
        }
    }

    /// The one key of that kind and amount that the gateway is being asked under; nil when there is none, or several.
    fileprivate func keyUnderWay(_ kind: PaymentOperationKind, _ amount: Money?) -> IdempotencyKey? {
        let keys = keysAtGateway(kind).filter { key in
            guard kind != .void, let amount, case .underWay(let asked) = standing(of: kind, key) else { return true }
            return asked == amount
        }
        return keys.count == 1 ? keys[0] : nil
    }

    /// How much is recorded as moved under a key; nil when nothing is.
    fileprivate func amountMoved(by kind: PaymentOperationKind, _ key: IdempotencyKey) -> Money? {
        switch kind {
        case .authorize:
            guard key == OperationKeys.authorization(of: id ?? PaymentID(bits: 0)) else { return nil }
            return status == .created ? nil : amounts?.authorized.isPositive == true ? amounts?.authorized : nil
        case .capture: return captures[key]
        case .void: return nil
        case .refund:
            // What came late counts under the key that the gateway was asked under.
            let moved = [refunds[key], refunds[key.performedLate]].compactMap { $0 }
            return moved.first { $0.status == .completed && $0.destination == .payment }?.amount
        }
    }

    /// The keys of what the gateway is being asked to do: of a refund that becomes store credit it is told nothing.
    fileprivate func keysAtGateway(_ kind: PaymentOperationKind) -> [IdempotencyKey] {
        keysUnderWay(kind).filter { !isCredited($0) }
    }

    /// Whether something of that kind and amount has ended that way, so that a notice without a key confirms it.
    fileprivate func hasEnded(_ kind: PaymentOperationKind, _ amount: Money?, isPerformed: Bool) -> Bool {
        guard isPerformed else {
            return kind == .authorize
                ? status == .failed
                : kind == .refund
                    ? hasRefund(.failed, of: amount)
                    : operations.values.contains { $0.kind == kind && $0.status == .refused }
        }
        switch kind {
        case .authorize:
            guard let authorized = amounts?.authorized, authorized.isPositive else { return false }
            return amount == nil || amount == authorized
        case .capture: return captures.values.contains { amount == nil || $0 == amount }
        case .void: return status == .voided || amounts?.voided.isPositive == true
        case .refund: return hasRefund(.completed, of: amount)
        }
    }

    /// Whether a refund of that amount by the gateway has ended so.
    private func hasRefund(_ status: PaymentRefund.Status, of amount: Money?) -> Bool {
        refunds.values.contains { refund in
            refund.status == status && refund.destination == .payment && (amount == nil || refund.amount == amount)
        }
    }
}
