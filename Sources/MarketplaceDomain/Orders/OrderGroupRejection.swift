public import MarketplaceCore

/// Why a command to a group of orders is refused.
public enum OrderGroupRejection: EffectStating, Hashable {
    /// The group exists with other content.
    case alreadyCreated(OrderGroupID)
    /// What is sold by one seller is no group.
    case tooFewOrders(count: Int)
    /// There are more than ``OrderGroup/maximumOrders`` orders.
    case tooManyOrders(count: Int, maximum: Int)
    /// Two of the orders are of one seller; nil is the platform.
    case sellerTwice(SellerID?)
    /// That order comes to less than nothing.
    case negativeTotal(Money, OrderID)
    /// The orders are in several currencies, or come to more than can be computed.
    case amount(MoneyError)
    /// Somebody may not ask for that.
    case forbidden(CommandForbidden)

    /// Nothing was changed, and the same command will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension OrderGroupRejection: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .alreadyCreated(let id): "the group \(id) exists with other content"
        case .tooFewOrders(let count): "a group has at least two orders, not \(count)"
        case .tooManyOrders(let count, let maximum): "a group has at most \(maximum) orders, not \(count)"
        case .sellerTwice(let seller):
            "two orders of the group are sold by \(seller.map { "\($0)" } ?? "the platform")"
        case .negativeTotal(let total, let order): "the order \(order) of the group comes to \(total)"
        case .amount(let error): error.description
        case .forbidden(let error): error.description
        }
    }
}
