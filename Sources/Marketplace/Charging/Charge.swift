import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts

/// The money that one order takes at once: set aside and taken in one go, given back when it comes to nothing.
///
/// It has the bits of the order's id, so that every repetition, in whatever process, asks the gateway under the same
/// keys and finds the same payment.
struct Charge: Sendable, Hashable {
    let order: OrderID
    let buyer: MemberID
    let amount: Money

    var payment: PaymentID { PaymentID(bits: order.bits) }

    /// The keys of what the gateway is asked.
    var authorizeKey: IdempotencyKey { key("authorize") }
    var captureKey: IdempotencyKey { key("capture") }
    var voidKey: IdempotencyKey { key("void") }
    var refundKey: IdempotencyKey { Self.refundKey(of: payment) }

    /// The key that the money of a payment is given back under when its order comes to nothing.
    static func refundKey(of payment: PaymentID) -> IdempotencyKey { key("refund", payment) }

    private func key(_ part: String) -> IdempotencyKey { Self.key(part, payment) }

    private static func key(_ part: String, _ payment: PaymentID) -> IdempotencyKey {
        // An identifier and a short text.
        IdempotencyKey(unchecked: "\(payment)/charge/\(part)")
    }
}

extension Charge {
    /// What is to be recorded before the gateway is asked.
    var beginning: PaymentAction {
        .create(id: payment, order: order, buyer: buyer, amount: amount)
    }

    /// What is to be recorded of a payment whose money was taken.
    func taken(_ receipt: GatewayReceipt, given payment: Payment) -> [PaymentAction] {
        let authorize = PaymentAction.authorize(amount: receipt.amount ?? amount, reference: receipt.reference)
        let capture = PaymentAction.capture(key: captureKey, amount: amount)
        return switch payment.status {
        case nil: [beginning, authorize, capture]
        case .created: [authorize, capture]
        case .authorized: [capture]
        case .captured, .refunded: []
        // Recording the capture is refused then, and somebody has to look.
        case .voided, .failed: [capture]
        }
    }

    /// What is to be recorded of a payment that the gateway refused.
    func declined(given payment: Payment) -> [PaymentAction] {
        switch payment.status {
        case nil: [beginning, .fail(.declined)]
        case .created, .authorized, .failed, .captured: [.fail(.declined)]
        case .voided, .refunded: []
        }
    }

    /// What is to be recorded of a payment of which nothing is kept; with a receipt when money had been taken.
    func givenBack(_ receipt: GatewayReceipt?, given payment: Payment) -> [PaymentAction] {
        guard let receipt else {
            return switch payment.status {
            case nil, .failed, .voided, .refunded: []
            case .created, .authorized, .captured: [.void]
            }
        }
        guard payment.status != .refunded else { return [] }
        return taken(receipt, given: payment) + [
            .initiateRefund(key: refundKey, amount: amount), .completeRefund(key: refundKey),
        ]
    }
}

extension [PaymentAction] {
    /// The actions as commands of the system.
    func commands(at time: Timestamp) -> [Payment.Command] {
        map { ActorCommand($0, by: .system, at: time) }
    }
}
