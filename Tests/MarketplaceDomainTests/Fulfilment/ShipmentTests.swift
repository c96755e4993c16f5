import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

@Suite struct ShipmentTests {
    static let id = ShipmentID(bits: 50)
    static let units = [OrderUnits(lineIndex: 0, units: 2)]
    static let waybill = Waybill(carrier: "cj", trackingNumber: "1234")
    static let otherWaybill = Waybill(carrier: "cj", trackingNumber: "5678")
    static let create = create(seller: Example.seller)

    static func create(seller: SellerID?, units: [OrderUnits] = units) -> ShipmentAction {
        .create(id: id, order: Example.orderID, buyer: Example.buyer, seller: seller, units: units)
    }

    static func shipment(in status: ShipmentStatus?) throws -> Shipment {
        var shipment = Shipment()
        guard let status else { return shipment }
        try shipment.perform(create, by: .seller(Example.seller))
        try shipment.perform(.registerWaybill(waybill), by: .seller(Example.seller))
        switch status {
        case .created: return shipment
        case .canceled: try shipment.perform(.cancel, by: .seller(Example.seller))
        default:
            try shipment.perform(.handOver, by: .seller(Example.seller))
            switch status {
            case .inTransit: try shipment.perform(.noteTransit, by: .system)
            case .delivered: try shipment.perform(.deliver, by: .system)
            case .lost: try shipment.perform(.reportLost, by: .system)
            case .returnedToSender: try shipment.perform(.noteReturned, by: .system)
            default: break
            }
        }
        return shipment
    }

    @Test func theLifecycleAllowsExactlyWhatIsListed() {
        let sellers: [ActorRole] = [.seller, .operator, .system]
        let receivers: [ActorRole] = [.buyer, .operator, .system]
        expectExactly(
            Shipment.lifecycle,
            allows: [
                (.create, nil, .created, sellers), (.registerWaybill, .created, .created, [.seller]),
                (.handOver, .created, .handedOver, sellers), (.noteTransit, .handedOver, .inTransit, sellers),
                (.deliver, .handedOver, .delivered, receivers), (.deliver, .inTransit, .delivered, receivers),
                (.reportLost, .handedOver, .lost, sellers), (.reportLost, .inTransit, .lost, sellers),
                (.noteReturned, .handedOver, .returnedToSender, sellers),
                (.noteReturned, .inTransit, .returnedToSender, sellers), (.cancel, .created, .canceled, sellers),
            ],
            states: ShipmentStatus.allCases,
            moves: ShipmentMove.allCases,
            roles: ActorRole.allCases,
            given: ["it has a waybill"]
        )
    }

    @Test func aWaybillIsRegisteredByTheSellerAloneAndByAnOperatorWhereThePlatformSells() throws {
        var shipment = Shipment()
        try shipment.perform(Self.create, by: .seller(Example.seller))
        for actor in [CommandActor.operator(Example.staff), .system, .buyer(Example.buyer)] {
            guard case .move? = shipment.refusal(of: .registerWaybill(Self.waybill), by: actor) else {
                Issue.record("\(actor) has registered a waybill")
                continue
            }
        }
        guard
            case .forbidden? = shipment.refusal(
                of: .registerWaybill(Self.waybill),
                by: .seller(Example.otherSeller)
            )
        else {
            Issue.record("another seller has registered a waybill")
            return
        }
        var own = Shipment()
        try own.perform(Self.create(seller: nil), by: .operator(Example.staff))
        try own.perform(.registerWaybill(Self.waybill), by: .operator(Example.staff))
        #expect(own.waybill == Self.waybill)
        // Until it is handed over a wrong number can be corrected.
        try shipment.perform(.registerWaybill(Self.waybill), by: .seller(Example.seller))
        #expect(try shipment.perform(.registerWaybill(Self.waybill), by: .seller(Example.seller)) == [])
        try shipment.perform(.registerWaybill(Self.otherWaybill), by: .seller(Example.seller))
        try shipment.perform(.handOver, by: .seller(Example.seller))
        #expect(shipment.refusal(of: .registerWaybill(Self.waybill), by: .seller(Example.seller)) != nil)
    }

    @Test func nothingIsHandedOverWithoutAWaybill() throws {
        var shipment = Shipment()
        try shipment.perform(Self.create, by: .seller(Example.seller))
        guard case .move(let refusal)? = shipment.refusal(of: .handOver, by: .seller(Example.seller)) else {
            Issue.record("handed over")
            return
        }
        #expect(refusal.open == [.registerWaybill, .cancel])
    }

    @Test func aRepeatedCommandChangesNothingAndOtherContentIsRefused() throws {
        var shipment = try Self.shipment(in: .delivered)
        #expect(try shipment.perform(.deliver, by: .system) == [])
        #expect(try shipment.perform(Self.create, by: .system) == [])
        let other = Self.create(seller: Example.seller, units: [OrderUnits(lineIndex: 0, units: 1)])
        #expect(shipment.refusal(of: other, by: .system) == .alreadyCreated(Self.id))
        #expect(shipment.refusal(of: .reportLost, by: .system) != nil)
        for units in [[], [OrderUnits(lineIndex: 0, units: 0)], Self.units + Self.units] {
            #expect(Shipment().refusal(of: Self.create(seller: nil, units: units), by: .system) == .noUnits)
        }
    }

    @Test(arguments: ShipmentStatus.allCases)
    func replayingTheStoredEventsGivesTheSameState(_ status: ShipmentStatus) throws {
        let shipment = try Self.shipment(in: status)
        #expect(shipment.status == status)
        var replayed = Shipment()
        var events = try replayed.perform(Self.create, by: .seller(Example.seller))
        events += try replayed.perform(.registerWaybill(Self.waybill), by: .seller(Example.seller))
        events += try replayed.perform(.handOver, by: .system)
        let read = try events.map { try #require(try roundTripped($0)) }
        #expect(read == events)
        #expect(Shipment(replaying: read) == replayed)
    }
}
