import MarketplaceCore
import MarketplaceDomain

/// A part of a refund that one place was asked for.
struct RefundPart: Hashable, Sendable {
    /// What the whole refund was asked for under.
    let key: IdempotencyKey
    /// What this part was asked for under at its place.
    let placeKey: IdempotencyKey
    /// How much.
    let amount: Money
    /// Where it goes.
    let destination: RefundDestination
    /// How it stands; completed where the gateway has performed after all what it had refused.
    let status: PaymentRefund.Status
}

extension Payment {
    /// What was asked of it, refund by refund.
    var refundParts: [RefundPart] {
        guard let id else { return [] }
        let prefix = OperationKeys.gatewayPrefix(of: id, .refund)
        return refunds.compactMap { key, refund in
            guard !key.isPerformedLate, key.text.hasPrefix(prefix) else { return nil }
            let late = refund.status == .failed ? refunds[key.performedLate] : nil
            return RefundPart(
                key: IdempotencyKey(unchecked: String(key.text.dropFirst(prefix.count))),
                placeKey: key,
                amount: (late ?? refund).amount,
                destination: refund.destination,
                status: (late ?? refund).status
            )
        }
    }
}

extension CreditHoldDocument {
    /// What was given back of it, refund by refund.
    var refundParts: [RefundPart] {
        restores.map { restore in
            RefundPart(
                key: restore.key,
                placeKey: restore.key,
                amount: restore.amount,
                destination: .storeCredit,
                status: .completed
            )
        }
    }
}
