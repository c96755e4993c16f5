import MarketplaceCore
import MarketplaceDomain

extension Payments {
    /// Records what the gateway has given after all under keys under which it had refused a refund, as far as it takes
    /// the place of what is missing.
    ///
    /// What comes late when all of the refund is on its way is a discrepancy, for somebody to look at.
    ///
    /// - Returns: Whether there was anything.
    /// - Throws: ``PaymentError/underWay(_:_:because:)`` while the gateway cannot tell: nothing is asked for anew then.
    func recordLate(
        _ amount: Money,
        as name: RefundName,
        at places: [RefundPlace]
    ) async throws(PaymentError) -> Bool {
        var missing = places.missingMinor(of: amount, as: name)
        var isAny = false
        for case (.payment(let id, _, _), let parts) in places.map({ ($0.source, $0.parts) }) {
            for part in parts where part.status == .failed && part.destination == .payment && missing > 0 {
                guard name.attempt(of: part.key) != nil,
                    case .performed? = try await find(.refund, part.placeKey)
                else { continue }
                try await recordLate(part, of: id)
                missing -= part.amount.minorUnits
                isAny = true
            }
        }
        return isAny
    }

    /// The refund that failed stays failed, and the amounts are those of what has moved.
    private func recordLate(_ part: RefundPart, of id: PaymentID) async throws(PaymentError) {
        let (now, key) = (environment.now, part.placeKey.performedLate)
        let actions: [PaymentAction] = [.initiateRefund(key: key, amount: part.amount), .completeRefund(key: key)]
        do throws(RepositoryError<PaymentRejection>) {
            try await repository.handle(on: id, key: key, at: now) { _ in actions.commands(at: now) }
        } catch {
            throw PaymentError(error)
        }
    }
}
