public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceInventory
public import MarketplacePorts
import MarketplaceStorage

/// Sends orders: in one parcel or several, with a carrier's waybill, until they are there.
///
/// A shipment and its order move in one commit, so that no unit is in two parcels and none leaves an order that was
/// called off. Every command takes a key: repeated with the same key it changes nothing.
public struct Shipments: Sendable {
    let archive: OrderArchive
    let stock: OrderStock
    let wallClock: any WallClock

    /// The shipments of an environment.
    ///
    /// - Parameters:
    ///   - environment: Where they are kept, and the time.
    ///   - inventory: Out of which stock leaves when a parcel is handed over.
    public init(in environment: ServiceEnvironment, inventory: any InventoryStore) {
        archive = OrderArchive(environment)
        stock = OrderStock(inventory: inventory)
        wallClock = environment.wallClock
    }

    /// A shipment, for whoever has standing in it.
    public func shipment(_ id: ShipmentID, by actor: CommandActor) async throws(OrdersError) -> Shipment {
        let (shipment, created) = try await load(id)
        do throws(CommandForbidden) {
            try CommandRule.readOrder.check(actor, owner: created.buyerID, seller: created.sellerID)
        } catch {
            throw .forbidden(error)
        }
        return shipment
    }

    /// Puts units of an order into a parcel: no more than are open.
    @discardableResult
    public func create(
        _ id: ShipmentID,
        of order: OrderID,
        _ units: [OrderUnits],
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        let placed = try await archive.order(order).placed
        guard let placed else { throw .unknownOrder(order) }
        let create = ShipmentAction.create(
            id: id,
            order: order,
            buyer: placed.buyerID,
            seller: placed.sellerID,
            units: units
        )
        return try await move(id, create, with: .pack(id, units), of: order, by: actor, key)
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
        let created = try await load(id).created
        return try await move(id, .registerWaybill(waybill), with: nil, of: created.orderID, by: actor, key)
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
    @discardableResult
    public func handOver(
        _ id: ShipmentID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        let order = try await load(id).created.orderID
        let shipment = try await move(id, .handOver, with: .ship(id), of: order, by: actor, key)
        let purchase = try await archive.purchase(of: try await archive.order(order))
        do throws(InventoryError) {
            try await stock.settle(purchase, at: wallClock.now)
        } catch {
            throw .stock(error)
        }
        return shipment
    }

    /// Confirms that a parcel is there: by the buyer, an operator or, for the carrier, the system.
    @discardableResult
    public func confirmDelivery(
        of id: ShipmentID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        let order = try await load(id).created.orderID
        return try await move(id, .deliver, with: .deliver(id), of: order, by: actor, key)
    }

    /// Takes note that a parcel is lost: its units are to be shipped again, or called off.
    @discardableResult
    public func reportLost(
        _ id: ShipmentID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        let order = try await load(id).created.orderID
        return try await move(id, .reportLost, with: .takeBack(id), of: order, by: actor, key)
    }

    /// Takes note that a parcel came back unopened: its units are to be shipped again, or called off.
    @discardableResult
    public func noteReturned(
        _ id: ShipmentID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        let order = try await load(id).created.orderID
        return try await move(id, .noteReturned, with: .takeBack(id), of: order, by: actor, key)
    }

    /// Calls a parcel off that the carrier does not have yet: its units are open again.
    @discardableResult
    public func cancel(
        _ id: ShipmentID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        let order = try await load(id).created.orderID
        return try await move(id, .cancel, with: .unpack(id), of: order, by: actor, key)
    }

    /// Asks a carrier where a parcel is, and takes note of what it says.
    ///
    /// - Returns: The shipment as it stands then.
    @discardableResult
    public func track(
        _ id: ShipmentID,
        through gateway: any CarrierGateway
    ) async throws(OrdersError) -> Shipment {
        let (shipment, created) = try await load(id)
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
        case (.inTransit, .handedOver?):
            return try await move(id, .noteTransit, with: nil, of: created.orderID, by: .system, key)
        case (.inTransit, _): return shipment
        case (.delivered, _): return try await confirmDelivery(of: id, by: .system, key: key)
        case (.lost, _): return try await reportLost(id, by: .system, key: key)
        case (.returned, _): return try await noteReturned(id, by: .system, key: key)
        }
    }

    private static func bookingKey(of id: ShipmentID, _ carrier: CarrierCode) -> IdempotencyKey {
        // A carrier's code can be as long as a key, so its digest stands for it.
        let booking = TransactionID(derivedFrom: "waybill", "\(id)", carrier.text)
        return IdempotencyKey(unchecked: "\(booking)/waybill")
    }

    private func load(_ id: ShipmentID) async throws(OrdersError) -> (shipment: Shipment, created: ShipmentCreated) {
        let shipment: Shipment
        do throws(RepositoryError<ShipmentRejection>) {
            shipment = try await archive.shipments.load(id).root
        } catch {
            throw OrdersError(error)
        }
        guard let created = shipment.created else { throw .unknownShipment(id) }
        return (shipment, created)
    }

    /// Moves a shipment and, with it, its order, in one commit.
    private func move(
        _ id: ShipmentID,
        _ action: ShipmentAction,
        with orderAction: OrderAction?,
        of order: OrderID,
        by actor: CommandActor,
        _ key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        let now = wallClock.now
        try await archive.joint(at: now) { transaction throws(OrdersError) in
            let outcome: CommandOutcome<Shipment>
            do throws(RepositoryError<ShipmentRejection>) {
                outcome = try await archive.shipments.add(to: &transaction, on: id, key: key) { _ in
                    [ActorCommand(action, by: actor, at: now)]
                }
                try Self.checkRepetition(outcome, action, of: order, by: actor)
            } catch {
                throw OrdersError(error)
            }
            // Both are recorded together: what the shipment has done already, the order has as well.
            guard let orderAction, !outcome.isRepetition, !outcome.events.isEmpty else { return }
            try await archive.add([orderAction], on: order, by: actor, key: archive.freshKey, to: &transaction)
        }
        return try await load(id).shipment
    }

    /// Refuses whoever may not give the command, and a key that was used for a shipment of another order.
    private static func checkRepetition(
        _ outcome: CommandOutcome<Shipment>,
        _ action: ShipmentAction,
        of order: OrderID,
        by actor: CommandActor
    ) throws(RepositoryError<ShipmentRejection>) {
        guard outcome.isRepetition, let created = outcome.root.created else { return }
        guard created.orderID == order else { throw .rejected(.alreadyCreated(created.shipmentID)) }
        do throws(CommandForbidden) {
            try action.rule.check(actor, owner: created.buyerID, seller: created.sellerID)
        } catch {
            throw .rejected(.forbidden(error))
        }
    }
}
