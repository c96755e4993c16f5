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
        guard let id = order.id else { return }
        do throws(PaymentError) {
            let ids = order.refundingPayments(of: refund)
            try await payments.refund(refund.amount, of: ids, as: .owed(refund, by: id))
        } catch {
            guard case .refusedByGateway = error else { throw OrdersError(error) }
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

    /// The places that give back what was paid for a purchase, in the order in which they give.
    func places(of purchase: PaymentID) async throws(OrdersError) -> [RefundPlace] {
        do throws(PaymentError) {
            return try await payments.purchases.places(of: [purchase])
        } catch {
            throw OrdersError(error)
        }
    }
}

extension OrdersError {
    init(_ error: PaymentError) {
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
