import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts

/// What a gateway has answered, or has told in a webhook.
enum GatewayAnswer: Hashable, Sendable {
    /// It has done it; what it calls the payment, and how much it has moved if it says so.
    case performed(GatewayReference, Money?)
    /// It has refused it, for this reason.
    case refused(PaymentGatewayError)

    /// What is to be recorded of a payment whose operation was answered so.
    func actions(
        after kind: PaymentOperationKind,
        _ key: IdempotencyKey,
        of amount: Money?,
        given payment: Payment
    ) -> [PaymentAction] {
        switch (self, kind) {
        case (.performed(let reference, _), .authorize):
            // What was voided meanwhile is set free again by the gateway, or was refused by it.
            guard payment.status != .voided, let amount = amount ?? payment.begun?.amount else { return [] }
            guard payment.status == .created || payment.status == .failed else { return [] }
            return [.authorize(amount: amount, reference: reference)]
        case (.performed, .capture): return [.capture(key: key, amount: amount)]
        case (.performed, .void):
            // A decline that arrived meanwhile has set nothing aside.
            if payment.status == .failed { return [] }
            let isNothingLeft = payment.status == .captured && (try? payment.amounts?.capturable())?.isPositive != true
            if isNothingLeft, payment.amounts?.voided.isZero == true { return [.refuseOperation(key: key)] }
            return [.void]
        case (.performed, .refund):
            if let amount, payment.refunds[key] == nil {
                return [.initiateRefund(key: key, amount: amount), .completeRefund(key: key)]
            }
            return [.completeRefund(key: key)]
        case (.refused, .authorize): return payment.status == .created ? [.fail(.declined)] : []
        case (.refused, .capture), (.refused, .void):
            return payment.operations[key] == nil ? [] : [.refuseOperation(key: key)]
        case (.refused, .refund): return payment.refunds[key] == nil ? [] : [.failRefund(key: key)]
        }
    }
}
