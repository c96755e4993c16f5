public import MarketplaceCore

/// What can be asked of an order.
public enum OrderAction: Sendable, Hashable {
    /// Place it. A stated total, which the buyer has seen, must be what it comes to: the sum of the lines, or what the
    /// shares say where something is taken off, or shipping and tax come on top.
    case create(
        id: OrderID,
        buyer: MemberID,
        lines: [OrderLine],
        shares: FrozenShares? = nil,
        statedTotal: Money? = nil
    )
    /// Take note that it is paid and its stock taken.
    case confirm
    /// Call it off.
    case cancel(OrderCancellationReason)
    /// Take note that its checkout came to nothing.
    case fail(OrderFailureReason)
}
