public import MarketplaceCore

/// The orders of several sellers that one member bought at once, under one payment.
///
/// It is a fact and has no life of its own: where the purchase stands is told by its orders, each of which is shipped,
/// changed and called off by itself. Its total is what its orders came to together.
public struct OrderGroup: Aggregate, Hashable {
    /// What can be asked of it.
    public typealias Command = ActorCommand<OrderGroupAction>
    /// What can happen to it.
    public typealias Event = OrderGroupEvent
    /// Why a command can be refused.
    public typealias Rejection = OrderGroupRejection
    /// What names one.
    public typealias ID = OrderGroupID

    /// The category of its event streams.
    public static var category: String { "order-group" }

    /// The most orders of a group: each may need five refunds of the ``Payment/maximumRefunds`` of their payment.
    public static let maximumOrders = 50

    /// What was bought by whom; nil before it is placed.
    public private(set) var placed: OrderGroupCreated?

    /// The state before the first event.
    public init() {}

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(OrderGroupRejection) -> [OrderGroupEvent] {
        switch command.action {
        case .create(let id, let buyer, let orders, let payment):
            do throws(CommandForbidden) {
                try command.authorize(owner: buyer)
            } catch {
                throw .forbidden(error)
            }
            if let placed {
                guard placed.groupID == id, placed.buyerID == buyer, placed.orders == orders,
                    placed.paymentID == payment
                else { throw .alreadyCreated(placed.groupID) }
                return []
            }
            let created = OrderGroupCreated(
                groupID: id,
                buyerID: buyer,
                orders: orders,
                paymentID: payment,
                total: try Self.total(of: orders),
                by: command.actor,
                at: command.time
            )
            return [.created(created)]
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: OrderGroupEvent) {
        switch event {
        case .created(let created): placed = created
        }
    }

    private static func total(of orders: [GroupedOrder]) throws(OrderGroupRejection) -> Money {
        guard orders.count > 1 else { throw .tooFewOrders(count: orders.count) }
        guard orders.count <= maximumOrders else {
            throw .tooManyOrders(count: orders.count, maximum: maximumOrders)
        }
        var sellers: Set<SellerID?> = []
        var total = Money.zero(orders[0].total.currency)
        for order in orders {
            guard sellers.insert(order.sellerID).inserted else { throw .sellerTwice(order.sellerID) }
            guard !order.total.isNegative else { throw .negativeTotal(order.total, order.orderID) }
            do throws(MoneyError) {
                try total += order.total
            } catch {
                throw .amount(error)
            }
        }
        return total
    }
}
