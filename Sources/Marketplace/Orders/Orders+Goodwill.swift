public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension Orders {
    /// Gives the buyer of an order something beyond what is called off or returned, and pays it back to them.
    ///
    /// It is a refund that the order owes, as that of a cancellation is: given once, by what the purchase was paid with,
    /// what was taken last first. All that an order gives back comes to no more than was paid for it, so what is called
    /// off or returned later gives what is left, and whoever bore the goodwill gets it back in the settlement. A
    /// ``SettlementFollower`` posts it.
    ///
    /// Once it is recorded it is given, however the gateway answers: then the order is returned as it stands. A refund
    /// that is not settled there is settled by ``sweep(limit:)``, or by ``retryRefund(_:of:by:key:)`` where the gateway has
    /// refused it.
    ///
    /// - Parameters:
    ///   - amount: How much; at most ``Order/refundable``, and what is left of what the purchase was paid by.
    ///   - id: The order, once it is paid and until it is called off.
    ///   - bearer: At whose cost.
    ///   - reason: Why.
    ///   - actor: An operator; the seller where it is at the seller's own cost.
    ///   - key: Names the command: repeated, it gives nothing more.
    /// - Returns: The order, with what it owed given back as far as that came through.
    /// - Throws: ``OrdersError/refused(_:)`` with ``OrderRejection/exceedsRefundable(requested:refundable:)``,
    ///   ``OrderRejection/noSeller``, ``OrderRejection/tooMuchGoodwill(maximum:)`` (also where the payments of the purchase
    ///   have hardly more refunds left than its orders may need) or what the lifecycle says; what the store reports.
    @discardableResult
    public func giveGoodwill(
        _ amount: Money,
        on id: OrderID,
        atCostOf bearer: GoodwillBearer,
        because reason: GoodwillReason,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Order {
        let action = OrderAction.giveGoodwill(amount, atCostOf: bearer, because: reason)
        let remainder = PurchaseRemainder(purchases: refunds.payments.purchases, orders: archive)
        try await archive.joint(at: wallClock.now) { transaction throws(OrdersError) in
            let outcome = try await archive.add([action], on: id, by: actor, key: key, to: &transaction)
            guard !outcome.isRepetition else { return }
            let left: Int128?
            let hasRefundsToSpare: Bool
            do throws(PurchaseRemainder.Failure) {
                hasRefundsToSpare = try await remainder.hasRefundsToSpare(beside: outcome.root)
                // The order owes it now, so nothing less than zero may be left.
                left = try await remainder.leftMinor(for: outcome.root, in: amount.currency, &transaction)
            } catch {
                switch error {
                case .payment(let error): throw OrdersError(error)
                case .order(let error): throw error
                }
            }
            guard hasRefundsToSpare else {
                throw .refused(.tooMuchGoodwill(maximum: outcome.root.goodwillCount - 1))
            }
            guard let left, left < 0 else { return }
            let refundable = Int64(clamping: max(0, left + Int128(amount.minorUnits)))
            throw .refused(
                .exceedsRefundable(requested: amount, refundable: Money(minorUnits: refundable, amount.currency))
            )
        }
        do throws(OrdersError) {
            return try await settle(id, by: .system)
        } catch {
            // An error of what comes after would say that nothing was given, and have it given again under another key.
            return try await archive.order(id)
        }
    }
}
