import MarketplaceCore
import MarketplaceDomain

extension Payments {
    /// Gives back an amount by several payments: each as much as it has left, and the last one the rest.
    ///
    /// - Parameters:
    ///   - amount: How much, of all together.
    ///   - ids: The payments, in the order in which they give.
    ///   - keys: What the refund was asked for under, the latest last. Only that one begins anything; what was begun under
    ///     an earlier one and has not failed counts.
    /// - Throws: ``PaymentError``, of the payment that could not give its part.
    func refund(_ amount: Money, of ids: [PaymentID], keys: [IdempotencyKey]) async throws(PaymentError) {
        guard let latest = keys.last else { return }
        var leftMinor = amount.minorUnits
        for id in ids {
            var (key, partMinor) = (latest, leftMinor)
            if id != ids.last {
                let payment = try await load(id)
                // The amounts of a payment are in its currency, and what they leave is not below zero.
                let refundable = try? payment.amounts?.refundable()
                partMinor = min(leftMinor, refundable?.minorUnits ?? 0)
                for earlier in keys {
                    let begun = payment.refunds[try gatewayKey(of: id, earlier)]
                    guard let begun, begun.status != .failed else { continue }
                    (key, partMinor) = (earlier, begun.amount.minorUnits)
                }
            }
            guard partMinor > 0 else { continue }
            _ = try await refund(id, Money(minorUnits: partMinor, amount.currency), by: .system, key: key)
            leftMinor -= partMinor
        }
    }

    private func gatewayKey(of id: PaymentID, _ key: IdempotencyKey) throws(PaymentError) -> IdempotencyKey {
        do throws(TextKeyError) {
            return try OperationKeys(id, .refund, key, nil, .system).gateway
        } catch {
            throw .badKey(error)
        }
    }
}
