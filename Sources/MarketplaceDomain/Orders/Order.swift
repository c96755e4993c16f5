public import MarketplaceCore

/// What one member ordered of one seller, or of the platform, from its placing to its end.
///
/// While it is pending its checkout owns it: only the system ends it, on a buyer's wish as well, because calling it
/// off under a charge in flight would take money for nothing. So a confirmation that follows a successful charge is
/// never refused. A repeated command changes nothing.
///
/// Of every line, canceled + packed + shipped ≤ ordered and returned ≤ delivered ≤ shipped. ``total`` is what the units
/// that are still wanted come to, with the shipping charges; what a change or a cancellation makes it owe to the buyer, and
/// what they are given as goodwill, stands in ``refunds``. All refunds and returns together give no more than was paid for
/// it: ``refundable`` is what is left, and ``total`` less goodwill and returns. Of every line as many units are set aside as are packed or more, and never more than are still to
/// be shipped; whether the stock has followed is told by ``owesStock``.
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
    /// The most shipments of an order: every line in two parcels at most, and a replacement of many of them.
    public static let maximumShipments = 500
    /// The most changes of an order: each may need a refund, of which a payment has at most
    /// ``Payment/maximumRefunds``.
    public static let maximumChanges = 50
    /// How often its buyer is given something as goodwill at most: who gives more often than that calls it off, and each
    /// needs one of the ``Payment/maximumRefunds``.
    public static let maximumGoodwillCount = 10
    /// The most attempts at one refund: a gateway that has refused so often is not going to give it.
    public static let maximumRefundAttempts = 10

    /// Where it is in its life; nil before it is placed.
    public private(set) var status: OrderStatus?
    /// What was ordered by whom; nil before it is placed.
    public private(set) var placed: OrderCreated?
    /// Why it failed, if it did.
    public private(set) var failure: OrderFailureReason?
    /// Why it was called off, if it was.
    public private(set) var cancellation: OrderCancellationReason?
    /// Why the buyer wants it to be called off, while nobody has decided about it.
    public private(set) var requestedCancellation: OrderCancellationReason?
    /// How many units of each line stand where, in the order of ``lines``.
    public internal(set) var units: [OrderLineUnits] = []
    /// Its shipments.
    public private(set) var parcels: [ShipmentID: OrderParcel] = [:]
    /// What it owes to its buyer because something was called off, or as goodwill, settled or not.
    public private(set) var refunds: [OrderRefund] = []
    /// What of what is paid for it was neither given back nor promised to be; nil before it is placed.
    public private(set) var refundable: Money?
    /// What returns give back.
    package private(set) var returnRefunds: [ReturnID: Money] = [:]
    /// How often its quantities were changed.
    public private(set) var changeCount = 0
    /// What each change has added, the earliest change first.
    package private(set) var additions: [OrderAddition] = []
    /// What was set aside for it at once and what became of that, the earliest first.
    package internal(set) var allotments: [OrderAllotment] = []
    /// How often something has happened that its stock follows.
    public private(set) var stockRevision = 0
    /// How much of ``stockRevision`` the stock has followed, as far as is noted.
    public private(set) var bookedStockRevision = 0
    /// The payments beside the first one, by which changes were paid, the earliest first.
    public private(set) var changePayments: [PaymentID] = []
    /// What it comes to; nil before it is placed.
    public private(set) var total: Money?
    /// What each unit that is still wanted is sold for; nil where that is its price and nothing was changed.
    public private(set) var shares: FrozenShares?
    /// When all of it was there; nil before.
    public private(set) var deliveredAt: Timestamp?

    /// The state before the first event.
    public init() {}

    /// What names it; nil before it is placed.
    public var id: OrderID? { placed?.orderID }
    /// Who sells it; nil when that is the platform, or not one seller alone.
    public var sellerID: SellerID? { placed?.sellerID }
    /// The purchase of several sellers it is a part of, if it is one.
    public var groupID: OrderGroupID? { placed?.groupID }
    /// What was ordered, as it was placed; ``units`` tells how many units of each line are still wanted.
    public var lines: [OrderLine] { placed?.lines ?? [] }
    /// How often its buyer was given something as goodwill.
    public var goodwillCount: Int { refunds.count { $0.cause == .goodwill } }
    /// The payment that its purchase was paid by: it has the bits of the group's id, or of its own.
    public var paymentID: PaymentID? { (groupID?.bits ?? id?.bits).map { PaymentID(bits: $0) } }
    /// The payments that money is given back by, in the order in which they give: those of changes are the order's alone
    /// and come first, the last one before the others; the first payment, which orders of a group share, gives the rest.
    package var refundingPayments: [PaymentID] { changePayments.reversed() + (paymentID.map { [$0] } ?? []) }

    /// The payments that a refund is given back by, in the order in which they give: those that there were when it came
    /// to be owed.
    package func refundingPayments(of refund: OrderRefund) -> [PaymentID] {
        refundingPayments.suffix(refund.changePaymentCount + 1)
    }

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(OrderRejection) -> [OrderEvent] {
        if case .create(let id, let buyer, let lines, let shares, let statedTotal, let group, let charges) =
            command.action
        {
            let placing = Placing(id, buyer, lines, shares, statedTotal, group, charges)
            return try create(placing, command)
        }
        guard let placed, let status else { throw .notCreated }
        do throws(CommandForbidden) {
            try command.refuseStrangers(owner: placed.buyerID, seller: placed.sellerID)
        } catch {
            throw .forbidden(error)
        }
        let known = Known(order: self, placed: placed, status: status, command: command)
        switch command.action {
        case .create: return []
        case .confirm: return try known.changeStatus(.confirm)
        case .fail(let reason): return try known.changeStatus(.fail, failure: reason)
        case .prepare: return try known.changeStatus(.prepare)
        case .expire: return try known.expire()
        case .complete: return try known.complete()
        case .cancel(let reason): return try known.cancel(reason)
        case .requestCancellation(let reason): return try known.requestCancellation(reason)
        case .acceptCancellation: return try known.acceptCancellation()
        case .rejectCancellation(let reason): return try known.rejectCancellation(reason)
        case .change(let changes, let payment): return try known.change(changes, paidBy: payment)
        case .changeAddress: return try known.changeAddress()
        case .pack(let shipment, let units): return try known.pack(shipment, units)
        case .unpack(let shipment): return try known.unpack(shipment)
        case .ship(let shipment): return try known.ship(shipment)
        case .deliver(let shipment): return try known.deliver(shipment)
        case .takeBack(let shipment, let intoStock): return try known.takeBack(shipment, intoStock: intoStock)
        case .recordReturn(let index, let units): return try known.recordReturn(index, units)
        case .noteRefund(let number): return try known.noteRefund(number)
        case .giveGoodwill(let amount, let bearer, let reason):
            return try known.giveGoodwill(amount, atCostOf: bearer, because: reason)
        case .noteReturnRefund(let id, let amount): return try known.noteReturnRefund(id, amount)
        case .retryRefund(let number, let attempt): return try known.retryRefund(number, attempt)
        case .noteStock(let revision): return try known.noteStock(revision)
        case .undoChange(let number, let units): return try known.undoChange(number, units)
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: OrderEvent) {
        switch event {
        case .created(let created):
            status = .pending
            placed = created
            total = created.total
            refundable = created.total
            shares = created.shares
            units = created.lines.map { OrderLineUnits(ordered: $0.quantity.value) }
            allot(
                created.lines.enumerated().map { OrderUnits(lineIndex: $0, units: $1.quantity.value) },
                for: .placement
            )
        case .statusChanged(let change):
            status = change.to
            failure = change.failure
            if change.to == .delivered { deliveredAt = change.at }
        case .canceled(let canceled):
            status = .canceled
            cancellation = canceled.reason
            requestedCancellation = nil
            if canceled.from != .pending, let total, total.isPositive { owe(total, because: .cancellation) }
            stockRevision += 1
            // In one order, so that every replay counts them alike.
            for (id, parcel) in parcels.sorted(by: { $0.key < $1.key }) where parcel.stage == .packed {
                move(id, parcel, to: .unpacked)
            }
            for index in units.indices {
                units[index].canceled += units[index].open
                release(index)
            }
        case .cancellationRequested(let request): requestedCancellation = request.reason
        case .cancellationRejected: requestedCancellation = nil
        case .changed(let change): apply(change)
        case .addressChanged: break
        case .parcelMoved(let moved):
            let packed = OrderParcel(
                units: moved.units,
                replacements: parcels[moved.shipmentID]?.replacements ?? moved.replacements ?? [],
                isBackInStock: moved.intoStock ?? false,
                stage: moved.stage
            )
            move(moved.shipmentID, packed, to: moved.stage)
            if moved.stage == .delivered {
                for content in moved.units { units[content.lineIndex].deliveredAt = moved.at }
            }
        case .unitsReturned(let returned): units[returned.lineIndex].returned = returned.returnedTotal
        case .goodwillGiven(let given): owe(given.amount, because: .goodwill)
        case .returnRefundFixed(let fixed):
            returnRefunds[fixed.returnID] = fixed.amount
            take(fixed.amount)
        case .refundSettled(let settled): refunds[settled.number - 1].isSettled = true
        case .refundRetried(let retried): refunds[retried.number - 1].attempt = retried.attempt
        case .stockBooked(let booked): bookedStockRevision = booked.revision
        }
    }
}

extension Order {
    /// Owes an amount, as far as it was not given back before.
    ///
    /// What is called off altogether is settled also where nothing is left to give.
    private mutating func owe(_ amount: Money, because cause: OrderRefund.Cause) {
        let owed = take(amount)
        guard owed.isPositive || cause == .cancellation else { return }
        refunds.append(
            OrderRefund(
                number: refunds.count + 1,
                cause: cause,
                amount: owed,
                changePaymentCount: changePayments.count
            )
        )
    }

    /// Takes as much of an amount as there is of what can be given back.
    @discardableResult
    private mutating func take(_ amount: Money) -> Money {
        let leftMinor = refundable?.minorUnits ?? 0
        let taken = Money(minorUnits: Swift.min(amount.minorUnits, leftMinor), amount.currency)
        refundable = Money(minorUnits: leftMinor - taken.minorUnits, amount.currency)
        return taken
    }

    private mutating func apply(_ change: OrderChanged) {
        changeCount += 1
        stockRevision += 1
        let added = change.lines.filter { $0.to > $0.from }
        let parts = added.map { OrderUnits(lineIndex: $0.lineIndex, units: $0.to - $0.from) }
        additions.append(OrderAddition(units: parts))
        allot(parts, for: .change(changeCount))
        let undone = change.undoneChange
        if let undone { additions[undone - 1].isUndone = true }
        if let payment = change.paidBy { changePayments.append(payment) }
        let owed = units
        for line in change.lines {
            let delta = line.to - line.from
            if delta > 0 { units[line.lineIndex].ordered += delta } else { units[line.lineIndex].canceled -= delta }
            release(line.lineIndex, rather: undone.map { .change($0) })
        }
        // What was decided can be computed again: the decision did.
        shares = (try? amended(change.lines, of: owed)) ?? shares
        total = change.total
        let difference = change.previousTotal.minorUnits - change.total.minorUnits
        if difference > 0 { owe(Money(minorUnits: difference, change.total.currency), because: .change) }
        if difference < 0 {
            // What is left is no more than the total, to which it comes nearer.
            let leftMinor = (refundable?.minorUnits ?? 0) - difference
            refundable = Money(minorUnits: leftMinor, change.total.currency)
        }
    }

    private mutating func move(_ shipment: ShipmentID, _ contents: OrderParcel, to stage: OrderParcel.Stage) {
        var parcel = contents
        parcel.stage = stage
        if parcel.movesStock {
            stockRevision += 1
            parcel.stockRevision = stockRevision
        }
        parcels[shipment] = parcel
        if stage == .packed { allot(parcel.replacements, for: .parcel(shipment)) }
        for content in parcel.units {
            let index = content.lineIndex
            switch stage {
            case .packed: units[index].packed += content.units
            case .unpacked: units[index].packed -= content.units
            case .shipped:
                units[index].packed -= content.units
                units[index].shipped += content.units
                handOver(content.units, of: index)
            case .delivered: units[index].delivered += content.units
            case .takenBack: units[index].shipped -= content.units
            }
        }
        for part in parcel.replacements {
            switch stage {
            case .packed: units[part.lineIndex].replaced += part.units
            // They are set aside for this parcel, not for the order.
            case .unpacked: setFree(part.units, of: part.lineIndex, rather: .parcel(shipment))
            case .shipped, .delivered, .takenBack: break
            }
        }
    }
}

extension OrderParcel {
    /// Whether the stock follows its coming to the stage where it is.
    fileprivate var movesStock: Bool {
        switch stage {
        case .packed, .unpacked: !replacements.isEmpty
        case .shipped: true
        case .delivered: false
        case .takenBack: isBackInStock
        }
    }
}
