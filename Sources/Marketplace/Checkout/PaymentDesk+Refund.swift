import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

extension PaymentDesk {
    /// Gives back an amount by several payments: each as much as it has left, and the last one the rest.
    ///
    /// What was begun under the key stays as it was begun, however often it is asked for.
    func refund(
        _ amount: Money,
        of ids: [PaymentID],
        key: IdempotencyKey,
        at time: Timestamp
    ) async throws(OrdersError) {
        var leftMinor = amount.minorUnits
        for id in ids {
            let isLast = id == ids.last
            // A payment and an order are named in few letters.
            let partKey = isLast ? key : IdempotencyKey(unchecked: "\(key)/\(id)")
            var partMinor = leftMinor
            if !isLast {
                let payment: Payment
                do throws(RepositoryError<PaymentRejection>) {
                    payment = try await payments.load(id).root
                } catch {
                    throw .payment(error)
                }
                let begun = payment.refunds[partKey]?.amount
                // The amounts of a payment are in its currency, and what they leave is not below zero.
                let left = try? begun ?? payment.amounts?.refundable()
                partMinor = min(leftMinor, left?.minorUnits ?? 0)
            }
            guard partMinor > 0 else { continue }
            try await refund(Money(minorUnits: partMinor, amount.currency), of: id, key: partKey, at: time)
            leftMinor -= partMinor
        }
    }

    /// Gives back a part of a payment, once for a key whoever asks and however often.
    ///
    /// The refund is recorded before the gateway is asked, so that its amount cannot be given back a second time, and
    /// the gateway knows the key: a repetition after a crash gets its first answer.
    func refund(
        _ amount: Money,
        of payment: PaymentID,
        key: IdempotencyKey,
        at time: Timestamp
    ) async throws(OrdersError) {
        try await record(.initiateRefund(key: key, amount: amount), "begin", payment, key, time)
        do throws(PaymentGatewayError) {
            _ = try await gateway.refund(amount, of: payment, key: key)
        } catch {
            if error.effect == .refused { try await record(.failRefund(key: key), "fail", payment, key, time) }
            throw .gateway(error)
        }
        try await record(.completeRefund(key: key), "complete", payment, key, time)
    }

    private func record(
        _ action: PaymentAction,
        _ part: String,
        _ payment: PaymentID,
        _ key: IdempotencyKey,
        _ time: Timestamp
    ) async throws(OrdersError) {
        do throws(RepositoryError<PaymentRejection>) {
            // The keys of refunds are an identifier and short texts.
            try await payments.handle(
                ActorCommand(action, by: .system, at: time),
                on: payment,
                key: IdempotencyKey(unchecked: "\(key)/\(part)"),
                at: time
            )
        } catch {
            throw .payment(error)
        }
    }
}
