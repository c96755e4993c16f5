public import MarketplaceCore

/// What one member ordered, from its placing to its end.
///
/// While it is pending its checkout owns it: only the system ends it, on a buyer's wish as well, because calling it
/// off under a charge in flight would take money for nothing. So a confirmation that follows a successful charge is
/// never refused. A repeated confirm, cancel or fail changes nothing.
public struct Order: Aggregate, Hashable {
    /// What can be asked of it.
    public typealias Command = ActorCommand<OrderAction>
    /// What can happen to it.
    public typealias Event = OrderEvent
    /// Why a command can be refused.
    public typealias Rejection = OrderRejection
    /// What names one.
    public typealias ID = OrderID

    /// The category of its event streams.
    public static var category: String { "order" }

    /// The most lines of an order: its largest event stays well below the limits of message brokers.
    public static let maximumLines = 200

    /// Who may move it from where to where.
    public static let lifecycle = TransitionMachine<OrderStatus, OrderMove, ActorRole> {
        Transition(.create, to: .pending, by: .buyer, .operator, .system)
        Transition(.confirm, from: .pending, to: .confirmed, by: .system)
        Transition(.fail, from: .pending, to: .failed, by: .system)
        Transition(.cancel, from: .pending, to: .canceled, by: .system)
        Transition(.cancel, from: .confirmed, to: .canceled, by: .buyer, .operator, .system)
    }

    /// Where it is in its life; nil before it is placed.
    public private(set) var status: OrderStatus?
    /// What was ordered by whom; nil before it is placed.
    public private(set) var placed: OrderCreated?
    /// Why it failed, if it did.
    public private(set) var failure: OrderFailureReason?
    /// Why it was called off, if it was.
    public private(set) var cancellation: OrderCancellationReason?

    /// The state before the first event.
    public init() {}

    /// What names it; nil before it is placed.
    public var id: OrderID? { placed?.orderID }
    /// What the buyer owes; nil before it is placed.
    public var total: Money? { placed?.total }
    /// What each unit is sold for; nil where that is its price, and before it is placed.
    public var shares: FrozenShares? { placed?.shares }
    /// What was ordered.
    public var lines: [OrderLine] { placed?.lines ?? [] }

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(OrderRejection) -> [OrderEvent] {
        switch command.action {
        case .create(let id, let buyer, let lines, let shares, let statedTotal):
            return try create(id, buyer, lines, shares, statedTotal, command)
        case .confirm:
            return try changeStatus(.confirm, to: .confirmed, failure: nil, command)
        case .fail(let reason):
            return try changeStatus(.fail, to: .failed, failure: reason, command)
        case .cancel(let reason):
            guard let (id, from) = try mover(.cancel, to: .canceled, command) else { return [] }
            return [
                .canceled(OrderCanceled(orderID: id, from: from, reason: reason, by: command.actor, at: command.time))
            ]
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: OrderEvent) {
        switch event {
        case .created(let created):
            status = .pending
            placed = created
        case .statusChanged(let change):
            status = change.to
            failure = change.failure
        case .canceled(let canceled):
            status = .canceled
            cancellation = canceled.reason
        }
    }
}

extension Order {
    private func create(
        _ id: OrderID,
        _ buyer: MemberID,
        _ lines: [OrderLine],
        _ shares: FrozenShares?,
        _ statedTotal: Money?,
        _ command: Command
    ) throws(OrderRejection) -> [OrderEvent] {
        try refuseStrangers(command, owner: buyer)
        if let placed {
            guard placed.orderID == id, placed.buyerID == buyer, placed.lines == lines, placed.shares == shares else {
                throw .alreadyCreated(placed.orderID)
            }
            return []
        }
        try check(.create, command)
        let sum = try Self.total(of: lines)
        if let shares { try Self.check(shares, of: lines, in: sum.currency) }
        let total = shares?.total ?? sum
        if let statedTotal, statedTotal != total { throw .totalMismatch(stated: statedTotal, computed: total) }
        return [
            .created(
                OrderCreated(
                    orderID: id,
                    buyerID: buyer,
                    lines: lines,
                    shares: shares,
                    total: total,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    private static func total(of lines: [OrderLine]) throws(OrderRejection) -> Money {
        guard let currency = lines.first?.unitPrice.currency else { throw .noLines }
        guard lines.count <= maximumLines else { throw .tooManyLines(count: lines.count, maximum: maximumLines) }
        var total = Money.zero(currency)
        for (index, line) in lines.enumerated() {
            let found = line.unitPrice.currency
            guard found == currency else {
                throw .currencyMismatch(expected: currency, found: found, lineIndex: index)
            }
            guard !line.unitPrice.isNegative else { throw .negativePrice(line.unitPrice, lineIndex: index) }
            do throws(MoneyError) {
                try total += line.total()
            } catch {
                throw .amount(error)
            }
        }
        do throws(QuantityError) {
            _ = try lines.demand()
        } catch {
            throw .quantity(error)
        }
        return total
    }

    /// Shares stand in the order of the lines, and each unit is paid with its price less its discount, and tax that may
    /// come on top.
    private static func check(
        _ shares: FrozenShares,
        of lines: [OrderLine],
        in currency: Currency
    ) throws(OrderRejection) {
        guard shares.currency == currency else {
            throw .currencyMismatch(expected: currency, found: shares.currency, lineIndex: 0)
        }
        guard shares.lines.count == lines.count else {
            throw .sharesMismatch(lineIndex: min(shares.lines.count, lines.count))
        }
        for (index, (share, line)) in zip(shares.lines, lines).enumerated() {
            let price = line.unitPrice.minorUnits
            let adds = share.runs.allSatisfy { run in
                // Neither is negative, and the discount is no more than the price, so nothing overflows.
                run.discountMinor <= price
                    && (run.paidMinor == price - run.discountMinor
                        || run.paidMinor - run.taxMinor == price - run.discountMinor)
            }
            guard share.units == line.quantity.value, adds else { throw .sharesMismatch(lineIndex: index) }
        }
    }

    private func changeStatus(
        _ move: OrderMove,
        to target: OrderStatus,
        failure: OrderFailureReason?,
        _ command: Command
    ) throws(OrderRejection) -> [OrderEvent] {
        guard let (id, from) = try mover(move, to: target, command) else { return [] }
        return [
            .statusChanged(
                OrderStatusChanged(
                    orderID: id,
                    from: from,
                    to: target,
                    failure: failure,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    /// The order and the status that an allowed move leads from; nil when the move was made before.
    private func mover(
        _ move: OrderMove,
        to target: OrderStatus,
        _ command: Command
    ) throws(OrderRejection) -> (OrderID, OrderStatus)? {
        guard let placed, let status else { throw .notCreated }
        try refuseStrangers(command, owner: placed.buyerID)
        if status == target, Self.lifecycle.roles(of: move).contains(command.actor.role) { return nil }
        try check(move, command)
        return (placed.orderID, status)
    }

    private func refuseStrangers(_ command: Command, owner: MemberID) throws(OrderRejection) {
        do throws(CommandForbidden) {
            try command.refuseStrangers(owner: owner)
        } catch {
            throw .forbidden(error)
        }
    }

    private func check(_ move: OrderMove, _ command: Command) throws(OrderRejection) {
        do throws(TransitionRefusal<OrderStatus, OrderMove, ActorRole>) {
            _ = try Self.lifecycle.move(move, from: status, by: command.actor.role)
        } catch {
            throw .move(error)
        }
    }
}
