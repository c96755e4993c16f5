public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceInventory
public import MarketplacePorts
import MarketplaceStorage

/// Sends orders: in one parcel or several, with a carrier's waybill, until they are there.
///
/// A shipment and its order move in one commit, so that no unit is in two parcels and none leaves an order that was
/// called off. The stock follows right after it, and by ``Orders/sweep(limit:)`` when that did not come through: an
/// error of the inventory comes after the shipment has moved, unless a command says otherwise. Every command takes a
/// key: repeated with the same key it changes nothing.
public struct Shipments: Sendable {
    let archive: OrderArchive
    let stockDesk: OrderStockDesk
    let wallClock: any WallClock

    /// The shipments of an environment.
    ///
    /// - Parameters:
    ///   - environment: Where they are kept, and the time.
    ///   - inventory: Out of which stock leaves when a parcel is handed over, and into which it comes back.
    public init(in environment: ServiceEnvironment, inventory: any InventoryStore) {
        archive = OrderArchive(environment)
        wallClock = environment.wallClock
        stockDesk = OrderStockDesk(
            archive: archive,
            stock: OrderStock(inventory: inventory),
            wallClock: environment.wallClock
        )
    }

    /// A shipment, for whoever has standing in it.
    public func shipment(_ id: ShipmentID, by actor: CommandActor) async throws(OrdersError) -> Shipment {
        let (shipment, created) = try await load(id)
        try Self.check(.readOrder, actor, created)
        return shipment
    }

    /// Puts units of an order into a parcel: no more than are open.
    ///
    /// Units in place of those that were lost, or came back and went into stock, are set aside anew: the replacement
    /// leaves the stock as the first one did.
    ///
    /// - Throws: ``OrdersError/stock(_:)`` when what has to be set aside is not there: nothing is packed then.
    @discardableResult
    public func create(
        _ id: ShipmentID,
        of order: OrderID,
        _ units: [OrderUnits],
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        for _ in 0..<JointCommit.attempts {
            let current = try await settled(order, for: .pack(id, units), by: actor)
            guard let placed = current.placed else { throw .unknownOrder(order) }
            let create = ShipmentAction.create(
                id: id,
                order: order,
                buyer: placed.buyerID,
                seller: placed.sellerID,
                units: units
            )
            try await holdReplacements(in: id, units, of: current, by: actor)
            let move = Move(action: create, orderAction: .pack(id, units), order: order)
            // What is held is for exactly what the order lacked, and it owed its stock nothing.
            let missing = current.replacements(for: units)
            let isRecorded = try await commit(move, on: id, by: actor, key) { latest in
                latest.stockRevision == current.stockRevision && latest.replacements(for: units) == missing
            }
            if isRecorded { return try await finish(id, order) }
        }
        throw .contended(attempts: JointCommit.attempts)
    }

    /// Says by which carrier a parcel goes, and under which number: by its seller alone, or an operator where the
    /// platform sells.
    @discardableResult
    public func registerWaybill(
        _ waybill: Waybill,
        for id: ShipmentID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        try await move(id, .registerWaybill(waybill), by: actor, key)
    }

    /// Books a parcel's transport at a carrier, and registers the waybill.
    ///
    /// The booking has a key of the shipment and the carrier: repeated, it books nothing more. Whoever may not register a
    /// waybill books none.
    @discardableResult
    public func bookWaybill(
        for id: ShipmentID,
        by carrier: CarrierCode,
        through gateway: any CarrierGateway,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        let (shipment, created) = try await load(id)
        // An identifier is a valid key.
        let expected = Waybill(carrier: carrier, trackingNumber: TrackingNumber(id))
        do throws(ShipmentRejection) {
            _ = try shipment.decide(ActorCommand(.registerWaybill(expected), by: actor, at: wallClock.now))
        } catch {
            throw .refusedShipment(error)
        }
        let address = try await archive.read(AddressKeySpace.address(of: created.orderID), as: AddressDocument.self)
        let request = CarrierRequest(shipment: id, carrier: carrier, address: address?.value.address)
        let waybill: Waybill
        do throws(CarrierError) {
            waybill = try await gateway.book(request, key: Self.bookingKey(of: id, carrier))
        } catch {
            throw .carrier(error)
        }
        return try await registerWaybill(waybill, for: id, by: actor, key: key)
    }

    /// Hands a parcel to its carrier: its units leave the order and the stock.
    ///
    /// - Throws: ``OrdersError/stock(_:)``. Before it is handed over when what was set aside anew for it is gone again:
    ///   call the parcel off and pack another one.
    @discardableResult
    public func handOver(
        _ id: ShipmentID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        _ = try await settled(try await load(id).created.orderID, for: .ship(id), by: actor)
        return try await move(id, .handOver, with: .ship(id), by: actor, key)
    }

    /// Confirms that a parcel is there: by the buyer, an operator or, for the carrier, the system.
    @discardableResult
    public func confirmDelivery(
        of id: ShipmentID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        try await move(id, .deliver, with: .deliver(id), by: actor, key)
    }

    /// Takes note that a parcel is lost: its units are to be shipped again, or called off.
    ///
    /// What is lost has left the stock and stays written off; what is shipped in its place leaves the stock as well.
    @discardableResult
    public func reportLost(
        _ id: ShipmentID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        try await move(id, .reportLost, with: .takeBack(id), by: actor, key)
    }

    /// Takes note that a parcel came back unopened: its units go into stock again, and are to be shipped again out of it,
    /// or called off.
    @discardableResult
    public func noteReturned(
        _ id: ShipmentID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        try await move(id, .noteReturned, with: .takeBack(id, intoStock: true), by: actor, key)
    }

    /// Calls a parcel off that the carrier does not have yet: its units are open again.
    @discardableResult
    public func cancel(
        _ id: ShipmentID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        try await move(id, .cancel, with: .unpack(id), by: actor, key)
    }

    /// Asks a carrier where a parcel is, and takes note of what it says: of its own knowledge, whoever has asked.
    ///
    /// - Parameters:
    ///   - id: The shipment.
    ///   - gateway: The carrier.
    ///   - actor: Whoever has standing in the shipment, or the system.
    /// - Returns: The shipment as it stands then.
    /// - Throws: ``OrdersError/forbidden(_:)``, ``OrdersError/carrier(_:)``, or what a move is refused with.
    @discardableResult
    public func track(
        _ id: ShipmentID,
        through gateway: any CarrierGateway,
        by actor: CommandActor
    ) async throws(OrdersError) -> Shipment {
        let (shipment, created) = try await load(id)
        try Self.check(.trackShipment, actor, created)
        guard let waybill = shipment.waybill else { return shipment }
        let report: TrackingReport?
        do throws(CarrierError) {
            report = try await gateway.track(waybill)
        } catch {
            throw .carrier(error)
        }
        guard let report else { return shipment }
        let key = IdempotencyKey(unchecked: "\(id)/tracking/\(report.stage.rawValue)")
        switch (report.stage, shipment.status) {
        case (.announced, _), (.accepted, _): return shipment
        case (.inTransit, .handedOver?): return try await move(id, .noteTransit, by: .system, key)
        case (.inTransit, _): return shipment
        case (.delivered, _): return try await confirmDelivery(of: id, by: .system, key: key)
        case (.lost, _): return try await reportLost(id, by: .system, key: key)
        case (.returned, _): return try await noteReturned(id, by: .system, key: key)
        }
    }
}
