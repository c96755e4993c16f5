import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

struct ShipmentsTests {
    static let seller = CommandActor.seller(MallFloor.cups)
    static let first = ShipmentID(bits: 1)
    static let second = ShipmentID(bits: 2)

    static func floor() async throws -> MallFloor {
        let mall = try MallFloor()
        try await mall.buy()
        return mall
    }

    @Test func partsOfAnOrderLeaveInParcelsAndTheStockWithThem() async throws {
        let mall = try await Self.floor()
        let carrier = ScriptedCarrier()
        for (id, units) in [
            (Self.first, OrderUnits(lineIndex: 0, units: 2)), (Self.second, OrderUnits(lineIndex: 1, units: 1)),
        ] {
            try await mall.shipments.create(id, of: MallFloor.cupsOrder, [units], by: Self.seller, key: "create")
            try await mall.shipments.bookWaybill(
                for: id,
                by: "cj",
                through: carrier,
                by: Self.seller,
                key: "waybill"
            )
            try await mall.shipments.handOver(id, by: Self.seller, key: "hand over")
        }
        #expect(carrier.bookingCount == 2)
        #expect(try await mall.order(MallFloor.cupsOrder).status == .shipped)
        let stock = try #require(try await mall.inventory.stock(of: "cup"))
        #expect(stock.onHand == 7 && stock.allocated == 0)
        #expect(try await mall.inventory.stock(of: "tea")?.allocated == 3)
        for id in [Self.first, Self.second] {
            try await mall.shipments.confirmDelivery(of: id, by: MallFloor.asBuyer, key: "there")
            try await mall.shipments.confirmDelivery(of: id, by: MallFloor.asBuyer, key: "there again")
        }
        #expect(try await mall.order(MallFloor.cupsOrder).status == .delivered)
    }

    @Test func moreThanIsOpenIsInNoParcelAndNothingOfTheRefusalIsLeft() async throws {
        let mall = try await Self.floor()
        let all = [OrderUnits(lineIndex: 0, units: 2)]
        try await mall.shipments.create(Self.first, of: MallFloor.cupsOrder, all, by: Self.seller, key: "create")
        await #expect(throws: OrdersError.self) {
            try await mall.shipments.create(Self.second, of: MallFloor.cupsOrder, all, by: Self.seller, key: "create")
        }
        await #expect(throws: OrdersError.self) { try await mall.shipments.shipment(Self.second, by: .system) }
        try await mall.shipments.cancel(Self.first, by: Self.seller, key: "cancel")
        try await mall.shipments.create(Self.second, of: MallFloor.cupsOrder, all, by: Self.seller, key: "create")
    }

    @Test func noNameOfAnotherCommandKeepsTheOrderFromShippingWithTheParcel() async throws {
        let mall = try await Self.floor()
        let name = try IdempotencyKey("\(Self.first)/order.ship" as String)
        try await mall.orders.prepare(MallFloor.cupsOrder, by: Self.seller, key: name)
        let units = [OrderUnits(lineIndex: 0, units: 1)]
        try await mall.shipments.create(Self.first, of: MallFloor.cupsOrder, units, by: Self.seller, key: "create")
        let waybill = Waybill(carrier: "cj", trackingNumber: "1")
        try await mall.shipments.registerWaybill(waybill, for: Self.first, by: Self.seller, key: "waybill")
        for key in ["hand over", "hand over", "again"] as [IdempotencyKey] {
            try await mall.shipments.handOver(Self.first, by: Self.seller, key: key)
            #expect(try await mall.order(MallFloor.cupsOrder).units[0].shipped == 1)
        }
        try await mall.shipments.confirmDelivery(of: Self.first, by: MallFloor.asBuyer, key: "there")
        try await mall.shipments.handOver(Self.first, by: Self.seller, key: "hand over")
    }

    @Test func aParcelOfOneOrderIsNotPackedIntoAnother() async throws {
        let mall = try await Self.floor()
        let staff = CommandActor.operator(MallFloor.staff)
        let units = [OrderUnits(lineIndex: 0, units: 1)]
        for _ in 0..<2 {
            try await mall.shipments.create(Self.first, of: MallFloor.cupsOrder, units, by: staff, key: "create")
        }
        await #expect(throws: OrdersError.self) {
            try await mall.shipments.create(Self.first, of: MallFloor.teasOrder, units, by: staff, key: "create")
        }
        #expect(try await mall.order(MallFloor.teasOrder).parcels.isEmpty)
    }

    @Test func onlyTheSellerBooksAWaybillAndAStrangerBooksNone() async throws {
        let mall = try await Self.floor()
        let carrier = ScriptedCarrier([.timeOutAfterEffect])
        let units = [OrderUnits(lineIndex: 0, units: 1)]
        try await mall.shipments.create(Self.first, of: MallFloor.cupsOrder, units, by: Self.seller, key: "create")
        func book(_ actor: CommandActor) async throws {
            try await mall.shipments.bookWaybill(
                for: Self.first,
                by: "cj",
                through: carrier,
                by: actor,
                key: "waybill"
            )
        }
        for actor in [CommandActor.seller(MallFloor.teas), MallFloor.asBuyer, .operator(MallFloor.staff), .system] {
            await #expect(throws: OrdersError.self) { try await book(actor) }
        }
        #expect(carrier.bookingCount == 0)
        // The carrier did not answer: the same call gets the booking it made.
        let unknown = await #expect(throws: OrdersError.self) { try await book(Self.seller) }
        #expect(unknown?.effect == .unknown)
        try await book(Self.seller)
        #expect(carrier.bookingCount == 1)
    }

    @Test func anOrderThatWasCalledOffDoesNotLeave() async throws {
        let mall = try await Self.floor()
        let units = [OrderUnits(lineIndex: 0, units: 2)]
        try await mall.shipments.create(Self.first, of: MallFloor.cupsOrder, units, by: Self.seller, key: "create")
        let waybill = Waybill(carrier: "cj", trackingNumber: "1")
        try await mall.shipments.registerWaybill(waybill, for: Self.first, by: Self.seller, key: "waybill")
        try await mall.orders.cancel(MallFloor.cupsOrder, because: .sellerUnable, by: Self.seller, key: "cancel")
        await #expect(throws: OrdersError.self) {
            try await mall.shipments.handOver(Self.first, by: Self.seller, key: "hand over")
        }
        try await mall.shipments.cancel(Self.first, by: Self.seller, key: "cancel parcel")
        #expect(try await mall.shipments.shipment(Self.first, by: .system).status == .canceled)
        #expect(try await mall.available("cup") == 10)
    }

    @Test func whatTheCarrierSaysMovesTheOrder() async throws {
        let mall = try await Self.floor()
        let carrier = ScriptedCarrier()
        let units = [OrderUnits(lineIndex: 0, units: 2), OrderUnits(lineIndex: 1, units: 1)]
        try await mall.shipments.create(Self.first, of: MallFloor.cupsOrder, units, by: Self.seller, key: "create")
        try await mall.shipments.bookWaybill(
            for: Self.first,
            by: "cj",
            through: carrier,
            by: Self.seller,
            key: "waybill"
        )
        try await mall.shipments.handOver(Self.first, by: Self.seller, key: "hand over")
        let waybill = try #require(try await mall.shipments.shipment(Self.first, by: Self.seller).waybill)
        func track(_ stage: TrackingReport.Stage) async throws -> ShipmentStatus? {
            carrier.report(TrackingReport(stage: stage, at: mall.clock.wall.now), of: waybill)
            return try await mall.shipments.track(Self.first, through: carrier, by: .system).status
        }
        #expect(try await track(.accepted) == .handedOver)
        #expect(try await track(.inTransit) == .inTransit)
        #expect(try await track(.inTransit) == .inTransit)
        #expect(try await track(.lost) == .lost)
        let order = try await mall.order(MallFloor.cupsOrder)
        #expect(order.status == .preparing && order.units.map(\.open) == [2, 1])
        // What is lost is not delivered after all by a late report.
        await #expect(throws: OrdersError.self) { _ = try await track(.delivered) }
        try await mall.shipments.create(Self.second, of: MallFloor.cupsOrder, units, by: Self.seller, key: "create")
    }

    // Whoever knew the id of a shipment had the carrier asked, and saw what it said.
    @Test func onlyThoseWithStandingHaveTheCarrierAsked() async throws {
        let mall = try await Self.floor()
        let carrier = ScriptedCarrier()
        try await mall.send(Self.first, [OrderUnits(lineIndex: 0, units: 2)])
        let waybill = try #require(try await mall.shipments.shipment(Self.first, by: Self.seller).waybill)
        carrier.report(TrackingReport(stage: .delivered, at: mall.clock.wall.now), of: waybill)
        for actor in [CommandActor.visitor, .buyer(MemberID(bits: 0xBAD)), .seller(MallFloor.teas)] {
            let refusal = await #expect(throws: OrdersError.self) {
                try await mall.shipments.track(Self.first, through: carrier, by: actor)
            }
            guard case .forbidden? = refusal else {
                Issue.record("\(actor): \(String(describing: refusal))")
                return
            }
        }
        #expect(try await mall.shipments.shipment(Self.first, by: .system).status == .handedOver)
        // It is the carrier who says it, so a seller's asking delivers.
        let shipment = try await mall.shipments.track(Self.first, through: carrier, by: Self.seller)
        #expect(shipment.status == .delivered)
    }
}
