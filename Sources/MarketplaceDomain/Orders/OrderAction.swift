public import MarketplaceCore

/// What can be asked of an order.
public enum OrderAction: Sendable, Hashable {
    /// Place it. A stated total, which the buyer has seen, must be what the lines come to.
    case create(id: OrderID, buyer: MemberID, lines: [OrderLine], statedTotal: Money? = nil)
    /// Take note that it is paid and its stock taken.
    case confirm
    /// Call it off.
    case cancel(OrderCancellationReason)
    /// Take note that its checkout came to nothing.
    case fail(OrderFailureReason)
}
