public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceSagas

extension Checkout {
    /// The name of the signal by which a payment is confirmed.
    static let paymentWebhook = "payment webhook"

    /// Takes note that the money of a purchase has come in, as somebody says who has seen it.
    ///
    /// What a gateway tells comes in through ``PaymentWebhooks``, which calls upon the checkout by itself. It may come
    /// before its turn, from any process, and as often as it likes: the first one counts.
    ///
    /// - Parameters:
    ///   - order: The order that was paid.
    ///   - reference: What the gateway calls the payment.
    ///   - actor: An operator or the system.
    /// - Returns: Whether it counts. What comes too late needs no answer: what was taken has been given back.
    /// - Throws: ``CheckoutError/forbidden(_:)``; ``CheckoutError/saga(_:)`` when it could not be kept.
    @discardableResult
    public func paymentConfirmed(
        order: OrderID,
        reference: GatewayReference? = nil,
        by actor: CommandActor
    ) async throws(CheckoutError) -> PaymentNoticeOutcome {
        try Self.check(.confirmPayment, actor)
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
    ///   - actor: The buyer of the purchase, an operator or the system.
    /// - Returns: Whether it was asked for; past its point of no return a purchase goes on all the same.
    /// - Throws: ``CheckoutError/forbidden(_:)``, also for a purchase that does not exist, to everybody but an operator
    ///   and the system; ``CheckoutError/saga(_:)`` when it could not be asked for.
    @discardableResult
    public func cancel(
        _ order: OrderID,
        because reason: String,
        by actor: CommandActor
    ) async throws(CheckoutError) -> PaymentNoticeOutcome {
        do throws(CheckoutError) {
            try Self.check(.cancelCheckout, actor)
        } catch {
            // Whose purchase it is matters only where that decides.
            try Self.check(.cancelCheckout, actor, owner: try await buyer(of: order))
        }
        do throws(SagaError) {
            try await sagas.cancel(Self.name, key: SagaKey(order), because: reason)
            return .accepted
        } catch {
            return try Self.outcome(of: error)
        }
    }

    /// Who buys; nil when there is no such purchase.
    private func buyer(of order: OrderID) async throws(CheckoutError) -> MemberID? {
        do throws(SagaError) {
            let state = try await sagas.input(of: Self.name, key: SagaKey(order), as: CheckoutState.self)
            if let state { return state.buyer }
        } catch {
            throw .saga(error)
        }
        // The journal of a purchase that has ended is kept for a while only.
        do throws(OrdersError) {
            return try await orders.purchase(order).first?.placed?.buyerID
        } catch {
            if case .failed(let failure) = error { throw .saga(.store(failure)) }
            return nil
        }
    }

    private static func check(
        _ rule: CommandRule,
        _ actor: CommandActor,
        owner: MemberID? = nil
    ) throws(CheckoutError) {
        do throws(CommandForbidden) {
            try rule.check(actor, owner: owner)
        } catch {
            throw .forbidden(error)
        }
    }

    private static func outcome(of error: SagaError) throws(CheckoutError) -> PaymentNoticeOutcome {
        switch error {
        case .alreadyEnded: .tooLate
        case .unknownSaga: .unknownOrder
        case .unknownSignal: .notAwaited
        default: throw .saga(error)
        }
    }
}
