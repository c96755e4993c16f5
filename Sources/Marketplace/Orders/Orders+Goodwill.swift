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
    /// - Parameters:
    ///   - amount: How much; at most ``Order/refundable``, and what is left of what the purchase was paid by.
    ///   - id: The order, once it is paid and until it is called off.
    ///   - bearer: At whose cost.
    ///   - reason: Why.
    ///   - actor: An operator; the seller where it is at the seller's own cost.
    ///   - key: Names the command: repeated, it gives nothing more.
    /// - Returns: The order, with what it owed given back.
    /// - Throws: ``OrdersError/refused(_:)`` with ``OrderRejection/exceedsRefundable(requested:refundable:)``,
    ///   ``OrderRejection/noSeller``, ``OrderRejection/tooMuchGoodwill(maximum:)`` or what the lifecycle says. An error of
    ///   the gateway comes after it is recorded: repeat the call, or let ``sweep(limit:)`` do it.
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
            do throws(PurchaseRemainder.Failure) {
                // The order owes it now, so nothing less than zero may be left.
                left = try await remainder.leftMinor(for: outcome.root, in: amount.currency, &transaction)
            } catch {
                switch error {
                case .payment(let error): throw OrdersError(error)
                case .order(let error): throw error
                }
            }
            guard let left, left < 0 else { return }
            let refundable = Int64(clamping: max(0, left + Int128(amount.minorUnits)))
            throw .refused(
                .exceedsRefundable(requested: amount, refundable: Money(minorUnits: refundable, amount.currency))
            )
        }
        return try await settle(id, by: .system)
    }
}
