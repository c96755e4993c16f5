import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

/// Gives back what orders owe, by their payments: each refund once, whoever asks and however often.
///
/// Each attempt at a refund has a key of its own. What was begun under an earlier one and not refused counts, so no
/// amount is given twice; what the gateway has refused for good is not asked for again under that key.
struct OrderRefunds: Sendable {
    let payments: Payments

    /// Gives a refund back, by the payments there were when it came to be owed.
    func give(_ refund: OrderRefund, of order: Order) async throws(OrdersError) {
        do throws(PaymentError) {
            let lateMinor = try await performedLate(refund, order)
            let amount = Money(minorUnits: refund.amount.minorUnits - lateMinor, refund.amount.currency)
            guard amount.isPositive else { return }
            let ids = order.refundingPayments(of: refund)
            try await payments.refund(amount, of: ids, keys: Self.keys(of: refund, order))
        } catch {
            guard case .refusedByGateway = error, let id = order.id else { throw OrdersError(error) }
            throw .refundRefused(id, number: refund.number, reason: error.description)
        }
    }

    /// Whether the gateway has refused the latest attempt at a refund for good.
    func isRefused(_ refund: OrderRefund, of order: Order) async throws(OrdersError) -> Bool {
        do throws(OrdersError) {
            try await give(refund, of: order)
            return false
        } catch {
            guard case .refundRefused = error else { throw error }
            return true
        }
    }

    func load(_ id: PaymentID) async throws(OrdersError) -> Payment {
        do throws(PaymentError) {
            return try await payments.load(id)
        } catch {
            throw OrdersError(error)
        }
    }

    /// What a payment has given of the refunds of an order.
    func given(by payment: Payment, to order: Order) throws(OrdersError) -> [Money] {
        guard let id = payment.id else { return [] }
        var given: [Money] = []
        do throws(PaymentError) {
            for refund in order.refunds {
                for key in Self.keys(of: refund, order) {
                    let gatewayKey = try Self.gatewayKey(of: id, key)
                    for known in [payment.refunds[gatewayKey], payment.refunds[gatewayKey.performedLate]] {
                        if let known, known.status == .completed { given.append(known.amount) }
                    }
                }
            }
        } catch {
            throw OrdersError(error)
        }
        return given
    }

    // MARK: - Attempts

    /// How much the gateway has given after all under keys under which it had refused, unless it was given since.
    private func performedLate(_ refund: OrderRefund, _ order: Order) async throws(PaymentError) -> Int64 {
        var lateMinor: Int64 = 0
        for id in order.refundingPayments(of: refund) {
            let payment = try await payments.load(id)
            var failed: [(key: IdempotencyKey, amount: Money)] = []
            var isGiven = false
            for key in Self.keys(of: refund, order) {
                let gatewayKey = try Self.gatewayKey(of: id, key)
                if let late = payment.refunds[gatewayKey.performedLate] { lateMinor += late.amount.minorUnits }
                guard let known = payment.refunds[gatewayKey] else { continue }
                if known.status != .failed { isGiven = true }
                if known.status == .failed, payment.refunds[gatewayKey.performedLate] == nil {
                    failed.append((gatewayKey, known.amount))
                }
            }
            // Another attempt has taken its place: what comes late beside it is a discrepancy, for somebody to look at.
            guard !isGiven else { continue }
            for attempt in failed {
                guard case .performed? = try await payments.find(.refund, attempt.key) else { continue }
                try await recordLate(attempt.amount, attempt.key.performedLate, of: id)
                lateMinor += attempt.amount.minorUnits
            }
        }
        return lateMinor
    }

    /// Records money that the gateway gave after it had refused to: the refund that failed stays failed, and the
    /// amounts are those of what has moved.
    private func recordLate(_ amount: Money, _ key: IdempotencyKey, of id: PaymentID) async throws(PaymentError) {
        let now = payments.environment.now
        let actions: [PaymentAction] = [.initiateRefund(key: key, amount: amount), .completeRefund(key: key)]
        do throws(RepositoryError<PaymentRejection>) {
            try await payments.repository.handle(on: id, key: key, at: now) { _ in actions.commands(at: now) }
        } catch {
            throw PaymentError(error)
        }
    }

    /// What a refund was asked for under, the latest last.
    private static func keys(of refund: OrderRefund, _ order: Order) -> [IdempotencyKey] {
        guard let id = order.id else { return [] }
        return (1...refund.attempt).map { attempt in
            let name = "\(id)/refund/\(refund.number)"
            // An identifier, a short text and numbers.
            return IdempotencyKey(unchecked: attempt == 1 ? name : "\(name)/\(attempt)")
        }
    }

    private static func gatewayKey(of id: PaymentID, _ key: IdempotencyKey) throws(PaymentError) -> IdempotencyKey {
        do throws(TextKeyError) {
            return try OperationKeys(id, .refund, key, nil, .system).gateway
        } catch {
            throw .badKey(error)
        }
    }
}

extension IdempotencyKey {
    /// The key under which is recorded what the gateway did after it had refused it.
    fileprivate var performedLate: IdempotencyKey { IdempotencyKey(unchecked: "\(self)/performed late") }
}

extension OrdersError {
    fileprivate init(_ error: PaymentError) {
        self =
            switch error {
            case .rejected(let rejection): .payment(.rejected(rejection))
            case .contended(let attempts): .contended(attempts: attempts)
            case .failed(let error): .failed(error)
            default:
                .gateway(
                    PaymentGatewayError(
                        error.effect == .refused ? .notAllowed : .timedOut,
                        reason: error.description,
                        effect: error.effect
                    )
                )
            }
    }
}
