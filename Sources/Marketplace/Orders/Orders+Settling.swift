public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension Orders {
    /// Does what an order owes: gives money back, sets stock free, takes it out, promises it.
    ///
    /// Commands here do it by themselves, and ``sweep(limit:)`` does it for what was interrupted. Whoever follows
    /// `OrderCanceled` or `OrderChanged` on the feed may call it as well, as often as they like: each refund has a key of
    /// its own, and stock is told in totals. What does not come through holds up nothing else, and what did is noted.
    ///
    /// - Parameters:
    ///   - id: The order.
    ///   - actor: An operator or the system.
    /// - Returns: The order, owing nothing.
    /// - Throws: The first thing that did not come through: ``OrdersError/refundRefused(_:number:reason:)`` when only an
    ///   operator can help; ``OrdersError/stock(_:)``, ``OrdersError/gateway(_:)`` and others that the next call may get
    ///   over.
    @discardableResult
    public func settle(_ id: OrderID, by actor: CommandActor) async throws(OrdersError) -> Order {
        try check(.settleOrder, actor)
        var notes: [OrderAction] = []
        var failure: OrdersError?
        do throws(OrdersError) {
            if let note = try await stockDesk.book(id) { notes.append(note) }
        } catch {
            failure = error
        }
        let order = try await archive.order(id)
        for refund in order.refunds where !refund.isSettled {
            do throws(OrdersError) {
                try await refunds.give(refund, of: order)
                notes.append(.noteRefund(number: refund.number))
            } catch {
                failure = failure ?? error
            }
        }
        // The note comes last, so that a sweep finds what is unfinished.
        if !notes.isEmpty { try await archive.note(notes, on: id, at: wallClock.now) }
        if let failure { throw failure }
        return notes.isEmpty ? order : try await archive.order(id)
    }

    /// Has the gateway asked anew for a refund that it has refused for good, and does what else the order owes.
    ///
    /// The amount stays, the key at the gateway is another one. Before anything is asked for, the gateway is asked what
    /// became of the earlier attempts: one that it has performed after all counts, and nothing is given a second time.
    /// What it performs only after that cannot be held back; its webhook and the reconciliation tell of it as a
    /// discrepancy. At most ``Order/maximumRefundAttempts`` attempts.
    ///
    /// - Parameters:
    ///   - number: Which one of ``Order/refunds``.
    ///   - id: The order.
    ///   - actor: An operator.
    ///   - key: Names the command: repeated, it asks for no further attempt.
    /// - Returns: The order, owing nothing.
    /// - Throws: ``OrdersError/refundRefused(_:number:reason:)`` when the gateway refuses again;
    ///   ``OrdersError/refused(_:)`` with ``OrderRejection/unknownRefund(number:)`` or
    ///   ``OrderRejection/tooManyRefundAttempts(maximum:)``; ``OrdersError/gateway(_:)`` when it cannot tell what became
    ///   of an earlier attempt.
    @discardableResult
    public func retryRefund(
        _ number: Int,
        of id: OrderID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Order {
        try check(.retryOrderRefund, actor)
        let order = try await archive.order(id)
        guard let refund = order.refunds.first(where: { $0.number == number }) else {
            throw .refused(.unknownRefund(number: number))
        }
        do throws(OrdersError) {
            return try await settle(id, by: .system)
        } catch {
            // Only what was refused for good is asked for under another name.
            guard !refund.isSettled, try await refunds.isRefused(refund, of: order) else {
                throw error
            }
        }
        let retry = OrderAction.retryRefund(number: number, attempt: refund.attempt + 1)
        try await archive.handle(retry, on: id, by: actor, key: key, at: wallClock.now)
        return try await settle(id, by: .system)
    }
}
