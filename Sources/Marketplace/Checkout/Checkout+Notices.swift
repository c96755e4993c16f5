public import MarketplaceDomain
import MarketplaceSagas

extension Checkout {
    /// The name of the signal by which a payment is confirmed.
    static let paymentWebhook = "payment webhook"

    /// Takes note that the gateway has confirmed the payment of an order: call it for the gateway's webhook.
    ///
    /// It may come before its turn, from any process, and as often as it likes: the first one counts.
    ///
    /// - Parameters:
    ///   - order: The order that was paid.
    ///   - reference: What the gateway calls the payment.
    /// - Returns: Whether it counts. What comes too late needs no answer: what was taken has been given back.
    /// - Throws: ``CheckoutError/saga(_:)`` when it could not be kept: have the webhook sent again.
    @discardableResult
    public func paymentConfirmed(
        order: OrderID,
        reference: GatewayReference? = nil
    ) async throws(CheckoutError) -> PaymentNoticeOutcome {
        do throws(SagaError) {
            let notice = PaymentNotice(reference: reference)
            try await sagas.signal(Self.paymentWebhook, notice, to: Self.name, key: SagaKey(order))
            return .accepted
        } catch {
            return try Self.outcome(of: error)
        }
    }

    /// Asks for a purchase to be undone, because the buyer has changed their mind, say, or the payment came to nothing.
    ///
    /// - Parameters:
    ///   - order: The order.
    ///   - reason: Why; it is journalled.
    /// - Returns: Whether it was asked for; past its point of no return a purchase goes on all the same.
    /// - Throws: ``CheckoutError/saga(_:)`` when it could not be asked for.
    @discardableResult
    public func cancel(_ order: OrderID, because reason: String) async throws(CheckoutError) -> PaymentNoticeOutcome {
        do throws(SagaError) {
            try await sagas.cancel(Self.name, key: SagaKey(order), because: reason)
            return .accepted
        } catch {
            return try Self.outcome(of: error)
        }
    }

    private static func outcome(of error: SagaError) throws(CheckoutError) -> PaymentNoticeOutcome {
        switch error {
        case .alreadyEnded: .tooLate
        case .unknownSaga: .unknownOrder
        default: throw .saga(error)
        }
    }
}
