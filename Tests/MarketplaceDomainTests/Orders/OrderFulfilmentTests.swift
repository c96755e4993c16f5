import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

/// From the packing to the end of an order.
@Suite struct OrderFulfilmentTests {
    static let seller = CommandActor.seller(Example.seller)
    static let buyer = CommandActor.buyer(Example.buyer)

    static func order(in status: OrderStatus) throws -> Order { try OrderTests.order(in: status) }

    @Test func partialShipmentsNeverExceedWhatIsOpen() throws {
        var order = try Self.order(in: .preparing)
        let (first, second) = (ShipmentID(bits: 1), ShipmentID(bits: 2))
        try order.perform(.pack(first, [OrderUnits(lineIndex: 2, units: 2)]), by: Self.seller)
        #expect(
            order.refusal(of: .pack(second, [OrderUnits(lineIndex: 2, units: 2)]), by: Self.seller)
                == .unitsOutOfRange(lineIndex: 2, requested: 2, available: 1)
        )
        #expect(
            order.refusal(of: .pack(second, [OrderUnits(lineIndex: 0, units: -1)]), by: Self.seller)
                == .unitsOutOfRange(lineIndex: 0, requested: -1, available: 2)
        )
        let twice = [OrderUnits(lineIndex: 0, units: 1), OrderUnits(lineIndex: 0, units: 1)]
        #expect(order.refusal(of: .pack(second, twice), by: Self.seller) == .unknownLine(index: 0))
        #expect(
            order.refusal(of: .pack(second, [OrderUnits(lineIndex: 3, units: 1)]), by: Self.seller)
                == .unknownLine(index: 3)
        )
        #expect(order.refusal(of: .pack(second, []), by: Self.seller) == .emptyShipment)
        // A repetition packs nothing more; another content under the same id is refused.
        #expect(try order.perform(.pack(first, [OrderUnits(lineIndex: 2, units: 2)]), by: Self.seller) == [])
        #expect(
            order.refusal(of: .pack(first, [OrderUnits(lineIndex: 2, units: 1)]), by: Self.seller)
                == .shipmentExists(first)
        )
        try order.perform(.ship(first), by: Self.seller)
        #expect(order.status == .partiallyShipped)
        try order.perform(.pack(second, [OrderUnits(lineIndex: 2, units: 1)]), by: Self.seller)
        try order.perform(.unpack(second), by: Self.seller)
        #expect(order.units[2].open == 1)
        #expect(order.refusal(of: .ship(second), by: Self.seller) == .shipmentStage(second, .unpacked))
    }

    @Test func anOrderIsDeliveredWhenItsLastShipmentIs() throws {
        var order = try Self.order(in: .partiallyShipped)
        try order.perform(.deliver(OrderTests.parcel), by: .system)
        #expect(order.status == .partiallyShipped)
        try order.perform(.pack(OrderTests.rest, Array(OrderTests.everything.dropFirst())), by: Self.seller)
        try order.perform(.ship(OrderTests.rest), by: Self.seller)
        #expect(order.status == .shipped)
        try order.perform(.deliver(OrderTests.rest), by: Self.buyer)
        #expect(order.status == .delivered)
        #expect(order.deliveredAt == Example.now)
        #expect(try order.perform(.deliver(OrderTests.rest), by: Self.buyer) == [])
    }

    @Test func aLostShipmentIsToBeShippedAgain() throws {
        var order = try Self.order(in: .shipped)
        try order.perform(.takeBack(OrderTests.parcel), by: Self.seller)
        #expect(order.status == .preparing)
        #expect(order.units.map(\.open) == [2, 1, 3])
        try order.perform(.pack(OrderTests.rest, OrderTests.everything), by: Self.seller)
        try order.perform(.ship(OrderTests.rest), by: Self.seller)
        #expect(order.status == .shipped)
        #expect(
            order.refusal(of: .deliver(OrderTests.parcel), by: .system) == .shipmentStage(OrderTests.parcel, .takenBack)
        )
    }

    @Test func aShippedOrderBecomesCompletedAndNothingIsIgnored() throws {
        var order = try Self.order(in: .shipped)
        guard case .move(let refusal)? = order.refusal(of: .complete, by: Self.buyer) else {
            Issue.record("completed while it is on its way")
            return
        }
        #expect(refusal.state == .shipped)
        try order.perform(.deliver(OrderTests.parcel), by: Self.buyer)
        #expect(try order.perform(.complete, by: Self.buyer).count == 1)
        #expect(order.status == .completed)
    }

    @Test func aDeliveredOrderIsCompletedByItselfAfterFourteenDaysAndNotBefore() throws {
        var order = try Self.order(in: .delivered)
        let due = Example.now.advanced(by: .days(14))
        #expect(order.dueTime == due)
        let early = ActorCommand(OrderAction.complete, by: .system, at: due.advanced(by: .microseconds(-1)))
        #expect(throws: OrderRejection.self) { try order.decide(early) }
        _ = try order.handle(ActorCommand(.complete, by: .system, at: due))
        #expect(order.status == .completed)
        #expect(try order.decide(ActorCommand(.complete, by: .system, at: due)) == [])
        #expect(order.dueTime == nil)
    }

    @Test func anUnpaidOrderIsGivenUpWhenItsTimeIsOverAndAPaidOneIsNot() throws {
        let due = Example.now.advanced(by: Order.paymentPeriod)
        var unpaid = try Self.order(in: .pending)
        #expect(unpaid.dueTime == due)
        let early = ActorCommand(OrderAction.expire, by: .system, at: due.advanced(by: .microseconds(-1)))
        #expect(throws: OrderRejection.self) { try unpaid.decide(early) }
        _ = try unpaid.handle(ActorCommand(.expire, by: .system, at: due))
        #expect(unpaid.status == .expired)
        let paid = try Self.order(in: .confirmed)
        #expect(throws: OrderRejection.self) { try paid.decide(ActorCommand(.expire, by: .system, at: due)) }
        for role in [ActorRole.buyer, .seller, .operator] {
            let refusal = try Self.order(in: .pending).refusal(of: .expire, by: Example.actor(role))
            guard case .move? = refusal else {
                Issue.record("\(role) expired an order")
                continue
            }
        }
    }

    @Test func moreThanWasDeliveredNeverComesBack() throws {
        var order = try Self.order(in: .delivered)
        try order.perform(.recordReturn(lineIndex: 2, units: 2), by: .system)
        #expect(
            order.refusal(of: .recordReturn(lineIndex: 2, units: 2), by: .system)
                == .unitsOutOfRange(lineIndex: 2, requested: 2, available: 1)
        )
        #expect(
            order.refusal(of: .recordReturn(lineIndex: 2, units: -1), by: .system)
                == .unitsOutOfRange(lineIndex: 2, requested: -1, available: 1)
        )
        #expect(order.refusal(of: .recordReturn(lineIndex: 7, units: 1), by: .system) == .unknownLine(index: 7))
        try order.perform(.recordReturn(lineIndex: 2, units: 1), by: .system)
        #expect(order.units[2].returned == 3)
        let shipped = try Self.order(in: .shipped)
        #expect(
            shipped.refusal(of: .recordReturn(lineIndex: 2, units: 1), by: .system)
                == .unitsOutOfRange(lineIndex: 2, requested: 1, available: 0)
        )
        #expect(try Self.order(in: .confirmed).refusal(of: .recordReturn(lineIndex: 0, units: 1), by: .system) != nil)
    }

    @Test func anOrderThatIsNotPaidIsNeitherPackedNorShipped() throws {
        for status in [OrderStatus.pending, .canceled, .failed, .expired] {
            let order = try Self.order(in: status)
            guard case .move? = order.refusal(of: .pack(OrderTests.parcel, OrderTests.everything), by: Self.seller)
            else {
                Issue.record("packed while \(status)")
                continue
            }
        }
    }
}
