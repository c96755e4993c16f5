import MarketplaceCore
import MarketplaceDomain
import TestSupport

extension CommandStream {
    mutating func commandOrder() throws {
        let order = try subject(of: \.orders) { stream in try stream.newOrder() }
        try give(orderAction(of: order), to: order)
    }

    private mutating func newOrder() throws -> StreamSubject<Order, OrderAction> {
        let seller = happens(onceIn: 5) ? nil : anySeller()
        let owner = anyOwner()
        let lines = (0...run.natural(through: 2)).map { index in
            OrderLine(
                sku: Example.key("sku", index),
                sellerID: seller,
                quantity: .units(1 + run.natural(through: 3)),
                unitPrice: Example.won(Int64(run.natural(through: 5_000)))
            )
        }
        let shares = happens(onceIn: 2) ? try discounted(lines) : nil
        return StreamSubject(
            .create(id: OrderID(bits: nextNumber()), buyer: owner, lines: lines, shares: shares),
            owner: owner,
            seller: seller,
            invariant: Self.problem(of:)
        )
    }

    /// Shares in which each unit is sold below its price, and shipping costs something.
    private mutating func discounted(_ lines: [OrderLine]) throws -> FrozenShares {
        let shares = lines.enumerated().map { index, line in
            let price = line.unitPrice.minorUnits
            let discount = price / Int64(2 + run.natural(through: 9))
            let run = FrozenShares.Run(
                units: line.quantity.value,
                discountMinor: discount,
                taxMinor: 0,
                paidMinor: price - discount
            )
            return FrozenShares.Line(Example.key("line", index), [run])
        }
        let charge = FrozenShares.Charge("shipping", discountMinor: 0, taxMinor: 0, paidMinor: 300)
        return try FrozenShares(.krw, lines: shares, shipping: happens(onceIn: 2) ? [charge] : [])
    }

    private mutating func orderAction(of order: StreamSubject<Order, OrderAction>) -> OrderAction {
        let root = order.root
        if root.status == nil || happens(onceIn: 30) {
            guard happens(onceIn: 6) else { return order.birth }
            let id = root.id ?? OrderID(bits: 1)
            return .create(id: id, buyer: order.owner ?? Example.buyer, lines: [])
        }
        if root.status == .pending, happens(onceIn: 3) { return .confirm }
        switch run.natural(through: 32) {
        case 0: return .confirm
        case 1: return .fail(run.element(of: OrderFailureReason.allCases))
        case 2:
            wait(Order.paymentPeriod)
            return .expire
        case 3: return .cancel(run.element(of: OrderCancellationReason.allCases))
        case 4: return .requestCancellation(.buyerRequest)
        case 5: return .acceptCancellation
        case 6, 7: return .rejectCancellation(.alreadyPacked)
        case 8, 9: return .change(changes(of: root))
        case 10: return .changeAddress
        case 11, 12: return .prepare
        case 13...15: return .pack(ShipmentID(bits: nextNumber()), contents(of: root))
        case 16: return .unpack(parcel(of: root, at: .packed))
        case 17...19: return .ship(parcel(of: root, at: .packed))
        case 20...22: return .deliver(parcel(of: root, at: .shipped))
        case 23: return .takeBack(parcel(of: root, at: .shipped), intoStock: happens(onceIn: 2))
        case 24:
            wait(Order.completionPeriod)
            return .complete
        case 25:
            let line = run.natural(through: root.lines.count)
            return .recordReturn(lineIndex: line, units: run.natural(through: 3))
        case 26: return .noteRefund(number: run.natural(through: root.refunds.count + 1))
        case 27:
            let number = run.natural(through: root.refunds.count + 1)
            let last = root.refunds.first { $0.number == number }?.attempt ?? 1
            return .retryRefund(number: number, attempt: last + run.natural(through: 2))
        case 28, 29: return .noteStock(revision: root.stockRevision + (happens(onceIn: 3) ? 1 : 0))
        case 30: return goodwill(on: root)
        case 31:
            let left = Int(root.refundable?.minorUnits ?? 0)
            return .noteReturnRefund(ReturnID(bits: nextNumber()), Example.won(Int64(run.natural(through: left + 1))))
        default: return undoing(root)
        }
    }

    private mutating func goodwill(on order: Order) -> OrderAction {
        let left = Int(order.refundable?.minorUnits ?? 0)
        let amount = happens(onceIn: 8) ? left + 1 : run.natural(through: happens(onceIn: 5) ? left : left / 4)
        return .giveGoodwill(
            Example.won(Int64(amount)),
            atCostOf: run.element(of: GoodwillBearer.allCases),
            because: run.element(of: GoodwillReason.allCases)
        )
    }

    private mutating func undoing(_ order: Order) -> OrderAction {
        let added = order.additions.indices.filter { !order.additions[$0].units.isEmpty }
        if !added.isEmpty, !happens(onceIn: 4) {
            let index = run.element(of: added)
            let line = order.additions[index].units[0].lineIndex
            return .undoChange(number: index + 1, units: [OrderUnits(lineIndex: line, units: 1)])
        }
        let number = happens(onceIn: 5) ? order.changeCount + 1 : run.natural(through: order.changeCount)
        let line = run.natural(through: order.lines.count - 1)
        return .undoChange(number: number, units: [OrderUnits(lineIndex: line, units: 1)])
    }

    private mutating func changes(of order: Order) -> [OrderLineChange] {
        let index = run.natural(through: happens(onceIn: 6) ? order.lines.count : order.lines.count - 1)
        let owed = order.units.indices.contains(index) ? order.units[index].owed : 0
        return [OrderLineChange(lineIndex: index, units: run.natural(through: owed + 2))]
    }

    private mutating func contents(of order: Order) -> [OrderUnits] {
        if happens(onceIn: 15) { return [] }
        let isWhole = happens(onceIn: 2)
        return order.units.indices.compactMap { index in
            let open = order.units[index].open
            let units = happens(onceIn: 15) ? open + 1 : isWhole ? open : run.natural(through: max(0, open))
            return units == 0 ? nil : OrderUnits(lineIndex: index, units: units)
        }
    }

    private mutating func parcel(of order: Order, at stage: OrderParcel.Stage) -> ShipmentID {
        let all = order.parcels.keys.sorted()
        let fitting = all.filter { order.parcels[$0]?.stage == stage }
        let known = happens(onceIn: 5) || fitting.isEmpty ? all : fitting
        return known.isEmpty ? ShipmentID(bits: 1) : run.element(of: known)
    }

    /// Every unit stands in one place, and what the units that are wanted are sold for is the total.
    private static func problem(of order: Order) -> String? {
        var packed = order.units.map { _ in 0 }
        var shipped = packed
        var delivered = packed
        for parcel in order.parcels.values {
            for content in parcel.units {
                if parcel.stage == .packed { packed[content.lineIndex] += content.units }
                if parcel.stage == .delivered { delivered[content.lineIndex] += content.units }
                if [.shipped, .delivered].contains(parcel.stage) { shipped[content.lineIndex] += content.units }
            }
        }
        for (index, units) in order.units.enumerated() {
            guard units.ordered == units.open + units.packed + units.shipped + units.canceled, units.open >= 0,
                units.packed == packed[index], units.shipped == shipped[index], units.delivered == delivered[index],
                0 <= units.returned, units.returned <= units.delivered, units.delivered <= units.shipped,
                units.shipped <= units.owed
            else { return "line \(index) of an order does not add up: \(units)" }
            guard units.packed <= units.setAside, units.setAside <= units.open + units.packed, units.setFree >= 0,
                units.handedOver >= units.shipped
            else { return "what is set aside for line \(index) of an order is not what it needs: \(units)" }
        }
        return problem(ofMoneyIn: order) ?? problem(ofStatusOf: order)
    }

    private static func problem(ofMoneyIn order: Order) -> String? {
        guard let total = order.total else { return order.placed == nil ? nil : "an order has no total" }
        guard let left = order.refundable, !left.isNegative, left.minorUnits <= total.minorUnits else {
            return "an order can give back \(String(describing: order.refundable)) of \(total)"
        }
        guard order.status != .canceled else { return nil }
        let goods = zip(order.lines, order.units).reduce(Int64(0)) {
            $0 + $1.0.unitPrice.minorUnits * Int64($1.1.owed)
        }
        guard let shares = order.shares else {
            return goods == total.minorUnits ? nil : "an order comes to \(goods), not \(total)"
        }
        guard shares.total == total,
            shares.lines.reduce(0, { $0 + $1.units }) == order.units.reduce(0, { $0 + $1.owed })
        else { return "the shares of an order are not its total" }
        return nil
    }

    private static func problem(ofStatusOf order: Order) -> String? {
        switch order.status {
        case .delivered, .completed:
            return order.units.allSatisfy { $0.delivered == $0.owed } ? nil : "an order is delivered, and not all of it"
        case .shipped:
            return order.units.allSatisfy { $0.shipped == $0.owed } ? nil : "an order is shipped, and not all of it"
        case .canceled:
            return order.units.allSatisfy { $0.open == 0 && $0.packed == 0 && $0.shipped == 0 }
                ? nil : "units of a canceled order are under way"
        case .pending, .failed, .expired:
            return order.refunds.isEmpty ? nil : "an order that was not paid owes something"
        default: return nil
        }
    }
}

extension CommandStream {
    mutating func commandGroup() throws {
        let group = try subject(of: \.groups) { stream in
            let owner = stream.anyOwner()
            return StreamSubject(stream.newGroup(owner), owner: owner) { group in
                guard let placed = group.placed else { return nil }
                let sum = placed.orders.reduce(0) { $0 + $1.total.minorUnits }
                return sum == placed.total.minorUnits ? nil : "a group is not the sum of its orders"
            }
        }
        try give(happens(onceIn: 2) ? group.birth : newGroup(group.owner ?? Example.buyer), to: group)
    }

    private mutating func newGroup(_ owner: MemberID) -> OrderGroupAction {
        let orders = (0...run.natural(through: 2)).map { _ in
            GroupedOrder(
                orderID: OrderID(bits: nextNumber()),
                sellerID: anySeller(),
                total: Example.won(happens(onceIn: 30) ? -1 : Int64(run.natural(through: 900)))
            )
        }
        let id = nextNumber()
        return .create(id: OrderGroupID(bits: id), buyer: owner, orders: orders, payment: PaymentID(bits: id))
    }
}

extension CommandStream {
    mutating func commandShipment() throws {
        let shipment = try subject(of: \.shipments) { stream in
            let (owner, seller) = (stream.anyOwner(), stream.happens(onceIn: 4) ? nil : stream.anySeller())
            let units = stream.happens(onceIn: 8) ? [] : [OrderUnits(lineIndex: 0, units: 2)]
            return StreamSubject(
                .create(
                    id: ShipmentID(bits: stream.nextNumber()),
                    order: Example.orderID,
                    buyer: owner,
                    seller: seller,
                    units: units
                ),
                owner: owner,
                seller: seller
            ) { shipment in
                let hasLeft: [ShipmentStatus] = [.handedOver, .inTransit, .delivered, .lost, .returnedToSender]
                guard let status = shipment.status, hasLeft.contains(status), shipment.waybill == nil else {
                    return nil
                }
                return "a shipment is \(status) without a waybill"
            }
        }
        let action: ShipmentAction
        switch shipment.root.status == nil ? 0 : run.natural(through: 11) {
        case 0: action = shipment.birth
        case 1...3:
            let number = run.natural(through: 1)
            action = .registerWaybill(Waybill(carrier: "post", trackingNumber: Example.key("parcel", number)))
        case 4, 5: action = .handOver
        case 6, 7: action = .noteTransit
        case 8: action = .deliver
        case 9: action = .reportLost
        case 10: action = .noteReturned
        default: action = .cancel
        }
        try give(action, to: shipment)
    }
}
