import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

extension PaymentDesk {
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
