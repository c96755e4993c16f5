extension CommandRule {
    /// The rules of orders.
    static let orders = [createOrder, confirmOrder, failOrder, cancelOrder]

    /// Place an order.
    static let createOrder = CommandRule("order.create", by: .owner, .operator, .system)
    /// Take note that an order is paid and its stock taken.
    static let confirmOrder = CommandRule("order.confirm", by: .system)
    /// Take note that the checkout of an order came to nothing.
    static let failOrder = CommandRule("order.fail", by: .system)
    /// Call an order off.
    static let cancelOrder = CommandRule("order.cancel", by: .owner, .operator, .system)
}

extension OrderAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .create: .createOrder
        case .confirm: .confirmOrder
        case .fail: .failOrder
        case .cancel: .cancelOrder
        }
    }
}
