import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

/// Gives back what orders owe, by their payments: each refund once, whoever asks and however often.
///
/// A refund has a key for each payment and attempt. It is recorded on the payment before the gateway is asked, so that
/// its amount cannot be given back a second time, and the gateway knows the key: a repetition after a crash gets its
/// first answer. What the gateway has refused for good is not asked for again under that key.
struct OrderRefunds: Sendable {
    /// What one payment gives of a refund.
    struct Part {
        let payment: PaymentID
        let key: IdempotencyKey
        let amount: Money
        let isGiven: Bool
    }

    let payments: Repository<Payment>
    let gateway: any PaymentGateway

    /// Gives a refund back: by each payment as much as it has left, by the last one the rest.
    ///
    /// What was begun stays as it was begun, whatever payments have been added since.
    func give(_ refund: OrderRefund, of order: Order, at time: Timestamp) async throws(OrdersError) {
        for part in try await parts(of: refund, order, at: time) where !part.isGiven {
            try await record(.initiateRefund(key: part.key, amount: part.amount), "begin", part, time)
            do throws(PaymentGatewayError) {
                _ = try await gateway.refund(part.amount, of: part.payment, key: part.key)
            } catch {
                // "The key was used with other content" tells nothing of what was done under it.
                guard error.effect == .refused, error.code != .keyReused else { throw .gateway(error) }
                try await record(.failRefund(key: part.key), "fail", part, time)
                throw Self.refused(refund, order, because: "\(error)")
            }
            try await record(.completeRefund(key: part.key), "complete", part, time)
        }
    }

    /// Whether the gateway has refused the latest attempt at a refund for good.
    func isRefused(_ refund: OrderRefund, of order: Order, at time: Timestamp) async throws(OrdersError) -> Bool {
        do throws(OrdersError) {
            _ = try await parts(of: refund, order, at: time)
            return false
        } catch {
            guard case .refundRefused = error else { throw error }
            return true
        }
    }

    /// What a payment has given of the refunds of an order.
    static func given(by payment: Payment, to order: Order) -> [Money] {
        guard let id = payment.id else { return [] }
        return order.refunds.flatMap { refund in
            keys(of: refund, order, by: id).flatMap { [$0, $0.performedLate] }.compactMap { key in
                payment.refunds[key].flatMap { $0.status == .completed ? $0.amount : nil }
            }
        }
    }

    func load(_ id: PaymentID) async throws(OrdersError) -> Payment {
        do throws(RepositoryError<PaymentRejection>) {
            return try await payments.load(id).root
        } catch {
            throw .payment(error)
        }
    }

    // MARK: - Parts

    /// What each payment has given, is giving or is to give.
    private func parts(
        of refund: OrderRefund,
        _ order: Order,
        at time: Timestamp
    ) async throws(OrdersError) -> [Part] {
        let ids = order.refundingPayments
        var parts: [Part] = []
        var others: [(id: PaymentID, refundableMinor: Int64, isRefused: Bool)] = []
        for id in ids {
            let payment = try await load(id)
            if let part = try await begun(of: refund, order, by: payment, id, at: time) {
                parts.append(part)
                continue
            }
            let key = IdempotencyKey.refund(refund, of: order, by: id, attempt: refund.attempt)
            // The amounts of a payment are in its currency, and what they leave is not below zero.
            let refundable = (try? payment.amounts?.refundable())?.minorUnits ?? 0
            others.append((id, refundable, payment.refunds[key] != nil))
        }
        var leftMinor = refund.amount.minorUnits - parts.reduce(0) { $0 + $1.amount.minorUnits }
        for other in others {
            // Only the payment of the purchase says itself that it cannot give so much.
            let partMinor = other.id == ids.last ? leftMinor : min(leftMinor, other.refundableMinor)
            guard partMinor > 0 else { continue }
            if other.isRefused { throw Self.refused(refund, order, because: "as when it was asked under this key") }
            leftMinor -= partMinor
            parts.append(
                Part(
                    payment: other.id,
                    key: .refund(refund, of: order, by: other.id, attempt: refund.attempt),
                    amount: Money(minorUnits: partMinor, refund.amount.currency),
                    isGiven: false
                )
            )
        }
        return parts
    }

    /// What a payment has begun of a refund and the gateway has not refused; nil for nothing.
    private func begun(
        of refund: OrderRefund,
        _ order: Order,
        by payment: Payment,
        _ id: PaymentID,
        at time: Timestamp
    ) async throws(OrdersError) -> Part? {
        let keys = Self.keys(of: refund, order, by: id)
        for key in keys.flatMap({ [$0, $0.performedLate] }) {
            guard let known = payment.refunds[key], known.status != .failed else { continue }
            return Part(payment: id, key: key, amount: known.amount, isGiven: known.status == .completed)
        }
        for key in keys {
            guard let known = payment.refunds[key] else { continue }
            let part = Part(payment: id, key: key.performedLate, amount: known.amount, isGiven: true)
            if try await isPerformed(key) {
                try await recordLate(part, time)
                return part
            }
        }
        return nil
    }

    /// Whether the gateway has performed after all what it had refused before.
    private func isPerformed(_ key: IdempotencyKey) async throws(OrdersError) -> Bool {
        do throws(PaymentGatewayError) {
            switch try await gateway.lookUp(key) {
            case .performed: return true
            case .refused, .neverSeen: return false
            case .pending: throw .timedOut
            }
        } catch {
            throw .gateway(error)
        }
    }

    /// Every key under which a payment was asked for a refund, the earliest first.
    private static func keys(of refund: OrderRefund, _ order: Order, by id: PaymentID) -> [IdempotencyKey] {
        (1...refund.attempt).map { .refund(refund, of: order, by: id, attempt: $0) }
    }

    private static func refused(_ refund: OrderRefund, _ order: Order, because reason: String) -> OrdersError {
        guard let id = order.id else { return .refused(.notCreated) }
        return .refundRefused(id, number: refund.number, reason: reason)
    }

    // MARK: - Recording

    /// Records money that the gateway gave after it had refused to: the refund that failed stays failed, and the
    /// amounts are those of what has moved.
    private func recordLate(_ part: Part, _ time: Timestamp) async throws(OrdersError) {
        try await record(
            [.initiateRefund(key: part.key, amount: part.amount), .completeRefund(key: part.key)],
            "late",
            part,
            time
        )
    }

    private func record(
        _ action: PaymentAction,
        _ name: String,
        _ part: Part,
        _ time: Timestamp
    ) async throws(OrdersError) {
        try await record([action], name, part, time)
    }

    private func record(
        _ actions: [PaymentAction],
        _ name: String,
        _ part: Part,
        _ time: Timestamp
    ) async throws(OrdersError) {
        do throws(RepositoryError<PaymentRejection>) {
            // The keys of refunds are identifiers and short texts.
            let key = IdempotencyKey(unchecked: "\(part.key)/\(name)")
            try await payments.handle(on: part.payment, key: key, at: time) { _ in actions.commands(at: time) }
        } catch {
            throw .payment(error)
        }
    }
}

extension IdempotencyKey {
    /// The key of what an order gives back by one of its payments, at one attempt.
    fileprivate static func refund(
        _ refund: OrderRefund,
        of order: Order,
        by payment: PaymentID,
        attempt: Int
    ) -> IdempotencyKey {
        let name = order.id.map { "\($0)/refund/\(refund.number)" } ?? ""
        let base = attempt == 1 ? name : "\(name)/\(attempt)"
        // Identifiers, a short text and numbers.
        return IdempotencyKey(unchecked: payment == order.paymentID ? base : "\(base)/\(payment)")
    }

    /// The key under which is recorded what the gateway did after it had refused it.
    fileprivate var performedLate: IdempotencyKey { IdempotencyKey(unchecked: "\(self)/performed late") }
}
