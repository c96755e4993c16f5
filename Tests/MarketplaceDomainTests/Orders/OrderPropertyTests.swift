import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

/// Whatever is asked of an order by whomever, its numbers fit together.
@Suite struct OrderPropertyTests {
    static func action(using generator: inout SeededGenerator) -> OrderAction {
        let shipment = ShipmentID(bits: UInt128.random(in: 1...4, using: &generator))
        let index = Int.random(in: -1...3, using: &generator)
        let units = Int.random(in: -1...4, using: &generator)
        return switch Int.random(in: 0...24, using: &generator) {
        case 0: .confirm
        case 1: .prepare
        case 2: Int.random(in: 0...9, using: &generator) == 0 ? .cancel(.other) : .prepare
        case 3: .requestCancellation(.buyerRequest)
        case 4: Int.random(in: 0...9, using: &generator) == 0 ? .acceptCancellation : .rejectCancellation(.other)
        case 5: .rejectCancellation(.madeToOrder)
        case 6, 7, 8: .change([OrderLineChange(lineIndex: index, units: units)])
        case 9, 10, 11: .pack(shipment, [OrderUnits(lineIndex: index, units: units)])
        case 12: .unpack(shipment)
        case 13, 14: .ship(shipment)
        case 15: .deliver(shipment)
        case 16: .takeBack(shipment, intoStock: Bool.random(using: &generator))
        case 17: .recordReturn(lineIndex: index, units: units)
        case 18: .noteRefund(number: units)
        case 19: .retryRefund(number: units, attempt: 2)
        case 20: .noteStock(revision: Int.random(in: 0...12, using: &generator))
        case 21: .undoChange(number: units, units: [OrderUnits(lineIndex: index, units: 1)])
        case 22:
            .giveGoodwill(
                Example.won(Int64(units) * 400),
                atCostOf: index == 0 ? .seller : .marketplace,
                because: .other
            )
        case 23: .noteReturnRefund(ReturnID(bits: UInt128(index + 1)), Example.won(Int64(units) * 300))
        default: .complete
        }
    }

    static func check(_ order: Order, paid: Int64, _ comment: Comment) {
        for units in order.units {
            #expect(units.open >= 0 && units.canceled >= 0 && units.packed >= 0 && units.shipped >= 0, comment)
            #expect(units.delivered <= units.shipped && units.returned <= units.delivered, comment)
            #expect(units.returned >= 0, comment)
            #expect(units.packed <= units.setAside && units.setAside <= units.open + units.packed, comment)
        }
        let refunds = order.refunds.reduce(Int64(0)) { $0 + $1.amount.minorUnits }
        let owed = order.status == .canceled ? 0 : order.total?.minorUnits ?? 0
        let returned = order.returnRefunds.values.reduce(Int64(0)) { $0 + $1.minorUnits }
        let refundable = order.refundable?.minorUnits ?? -1
        // All that is given back comes to no more than was paid, and where nothing was given beyond that, exactly to it.
        #expect(refunds + returned + refundable == paid, comment)
        #expect(0 <= refundable && refundable <= owed, comment)
        if order.goodwillCount == 0, returned == 0 { #expect(refundable == owed, comment) }
        if order.status == .canceled { #expect(refundable == 0, comment) }
        if let shares = order.shares { #expect(shares.total == order.total, comment) }
        if order.status == .delivered || order.status == .completed {
            #expect(order.units.allSatisfy { $0.delivered == $0.owed }, comment)
        }
    }

    /// Checks that its allotments are what its lines say, and that each has only grown.
    static func checkAllotments(of order: Order, since before: Order, _ comment: Comment) {
        for (index, units) in order.units.enumerated() {
            let lines = order.allotments.compactMap { $0.lines[index] }
            #expect(lines.reduce(0) { $0 + $1.units } == units.ordered + units.replaced, comment)
            #expect(lines.reduce(0) { $0 + $1.setFree } == units.setFree, comment)
            #expect(lines.reduce(0) { $0 + $1.handedOver } == units.handedOver, comment)
            #expect(lines.allSatisfy { $0.setAside >= 0 }, comment)
        }
        #expect(before.allotments.count <= order.allotments.count, comment)
        for (old, new) in zip(before.allotments, order.allotments) {
            #expect(old.origin == new.origin && old.lines.keys == new.lines.keys, comment)
            for (index, line) in old.lines {
                let setFree = new.lines[index]?.setFree ?? -1
                let handedOver = new.lines[index]?.handedOver ?? -1
                #expect(line.setFree <= setFree && line.handedOver <= handedOver, comment)
            }
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func itsUnitsAndAmountsFitAfterEveryCommandAndEveryReplay(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let roles: [ActorRole] = [.buyer, .seller, .operator, .system, .system, .seller]
        for _ in 0..<60 {
            var order = try OrderTests.order(in: .confirmed)
            var events: [OrderEvent] = []
            for (action, actor) in OrderTests.way(to: .confirmed) {
                var earlier = Order(replaying: events)
                events += try earlier.perform(action, by: actor)
            }
            var paid = try #require(order.total).minorUnits
            for _ in 0..<60 {
                let action = Self.action(using: &generator)
                let role = try #require(roles.randomElement(using: &generator))
                let before = order
                guard let new = try? order.perform(action, by: Example.actor(role)) else {
                    #expect(order == before, "seed \(seed)")
                    continue
                }
                if case .changed(let change)? = new.first {
                    paid += max(0, change.total.minorUnits - change.previousTotal.minorUnits)
                }
                events += new
                Self.check(order, paid: paid, "seed \(seed): \(action) by \(role)")
                Self.checkAllotments(of: order, since: before, "seed \(seed): \(action) by \(role)")
            }
            #expect(Order(replaying: events) == order, "seed \(seed)")
        }
    }
}
