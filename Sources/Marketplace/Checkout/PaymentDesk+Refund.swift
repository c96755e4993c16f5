import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

extension PaymentDesk {
    /// Gives back an amount by several payments and by all tenders of each, once for a key whoever asks and however often.
    func refund(
        _ amount: Money,
        of ids: [PaymentID],
        key: IdempotencyKey
    ) async throws(OrdersError) {
        do throws(PaymentError) {
            try await payments.refund(amount, of: ids, keys: [key])
        } catch {
            throw OrdersError(error)
        }
    }
}

extension OrdersError {
    fileprivate init(_ error: PaymentError) {
        self =
            switch error {
            case .rejected(let rejection): .payment(.rejected(rejection))
            case .refusedByGateway(_, let refusal): .gateway(refusal)
            case .contended(let attempts): .contended(attempts: attempts)
            case .failed(let error): .failed(error)
            case .credit(.failed(let error)), .method(.failed(let error)): .failed(error)
            case .credit(.contended(let attempts)), .method(.contended(let attempts)): .contended(attempts: attempts)
            case .credit, .method, .tenders, .badKey: .gateway(.notAllowed(error.description))
            case .underWay, .discrepancy:
                .gateway(PaymentGatewayError(.timedOut, reason: error.description, effect: .unknown))
            }
    }
}
