public import MarketplaceCore

/// What can be asked of a group of orders.
public enum OrderGroupAction: Sendable, Hashable {
    /// Place it, together with its orders.
    case create(id: OrderGroupID, buyer: MemberID, orders: [GroupedOrder], payment: PaymentID)
}
