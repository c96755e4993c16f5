public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceInventory
import MarketplaceStorage

extension Orders {
    /// Calls an order off, gives its money back and its stock free.
    ///
    /// An order whose checkout is going on is not called off here; see ``Checkout/cancel(_:because:by:)``.
    ///
    /// - Returns: The order, with what it owed given back.
    /// - Throws: ``OrdersError/refused(_:)`` when somebody may not call it off, or not any more. An error of the gateway
    ///   or the inventory comes after the order is called off: repeat the call, or let ``sweep(limit:)`` do it.
    @discardableResult
    public func cancel(
        _ id: OrderID,
        because reason: OrderCancellationReason,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Order {
        try await archive.handle(.cancel(reason), on: id, by: actor, key: key, at: wallClock.now)
        return try await settle(id)
    }

    /// Calls all orders of a group off, or none: one that has left refuses for all.
    @discardableResult
    public func cancelGroup(
        _ id: OrderGroupID,
        because reason: OrderCancellationReason,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> [Order] {
        guard let group = try await archive.group(id) else { throw .unknownGroup(id) }
        try await archive.joint(at: wallClock.now) { transaction throws(OrdersError) in
            for order in group.orders {
                try await archive.add([.cancel(reason)], on: order.orderID, by: actor, key: key, to: &transaction)
            }
        }
        var orders: [Order] = []
        for order in group.orders { orders.append(try await settle(order.orderID)) }
        return orders
    }

    /// Asks whoever sells to call an order off that is being prepared.
    @discardableResult
    public func requestCancellation(
        of id: OrderID,
        because reason: OrderCancellationReason,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Order {
        try await archive.handle(.requestCancellation(reason), on: id, by: actor, key: key, at: wallClock.now)
    }

    /// Calls an order off as its buyer has asked; see ``cancel(_:because:by:key:)``.
    @discardableResult
    public func acceptCancellation(
        of id: OrderID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Order {
        try await archive.handle(.acceptCancellation, on: id, by: actor, key: key, at: wallClock.now)
        return try await settle(id)
    }

    /// Goes on with an order although its buyer has asked to call it off.
    @discardableResult
    public func rejectCancellation(
        of id: OrderID,
        because reason: CancellationRejectionReason,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Order {
        try await archive.handle(.rejectCancellation(reason), on: id, by: actor, key: key, at: wallClock.now)
    }

    /// Gives back what an order owes, money and stock.
    ///
    /// Commands here do it by themselves. Whoever follows `OrderCanceled` or `OrderChanged` on the feed may call it as
    /// well, as often as they like: each refund has the key of its order and number, so the payment and the gateway know
    /// it again.
    ///
    /// - Returns: The order, owing nothing.
    @discardableResult
    public func settle(_ id: OrderID) async throws(OrdersError) -> Order {
        var order = try await archive.order(id)
        let now = wallClock.now
        let owed = order.refunds.filter { !$0.isSettled }
        for refund in owed {
            try await payments.refund(refund.amount, of: order.refundingPayments, key: .refund(refund, of: id))
        }
        // Money comes first; the note comes last, so that a sweep finds what is unfinished.
        if order.changeCount > 0 || order.status == .canceled { try await settleStock(of: order) }
        for refund in owed {
            order = try await archive.handle(
                .noteRefund(number: refund.number),
                on: id,
                by: .system,
                key: archive.freshKey,
                at: now
            )
        }
        return order
    }

    func settleStock(of order: Order) async throws(OrdersError) {
        let purchase = try await archive.purchase(of: order)
        do throws(InventoryError) {
            try await stock.settle(purchase, at: wallClock.now)
        } catch {
            throw .stock(error)
        }
    }
}

extension IdempotencyKey {
    /// The key of what an order gives back.
    static func refund(_ refund: OrderRefund, of order: OrderID) -> IdempotencyKey {
        // An identifier, a short text and a number.
        IdempotencyKey(unchecked: "\(order)/refund/\(refund.number)")
    }
}
