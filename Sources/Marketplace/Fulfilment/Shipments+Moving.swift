import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory
import MarketplaceStorage

/// What all commands of shipments do alike.
extension Shipments {
    /// A move of a shipment, and the one that its order makes with it.
    struct Move {
        let action: ShipmentAction
        /// Nil where the order does not move.
        let orderAction: OrderAction?
        let order: OrderID
    }

    /// Moves a shipment and, with it, its order, in one commit; then the stock follows.
    func move(
        _ id: ShipmentID,
        _ action: ShipmentAction,
        with orderAction: OrderAction? = nil,
        by actor: CommandActor,
        _ key: IdempotencyKey
    ) async throws(OrdersError) -> Shipment {
        let order = try await load(id).created.orderID
        _ = try await commit(Move(action: action, orderAction: orderAction, order: order), on: id, by: actor, key)
        return orderAction == nil ? try await load(id).shipment : try await finish(id, order)
    }

    /// Records a move if the order stands as it must, and says whether it did; a repetition is recorded already.
    func commit(
        _ move: Move,
        on id: ShipmentID,
        by actor: CommandActor,
        _ key: IdempotencyKey,
        if condition: (Order) -> Bool = { _ in true }
    ) async throws(OrdersError) -> Bool {
        let now = wallClock.now
        var isMet = true
        try await archive.joint(at: now) { transaction throws(OrdersError) in
            isMet = true
            let outcome: CommandOutcome<Shipment>
            do throws(RepositoryError<ShipmentRejection>) {
                outcome = try await archive.shipments.add(to: &transaction, on: id, key: key) { _ in
                    [ActorCommand(move.action, by: actor, at: now)]
                }
                try Self.checkRepetition(outcome, move, by: actor)
            } catch {
                throw OrdersError(error)
            }
            // Both are recorded together: what the shipment has done already, the order has as well.
            guard let orderAction = move.orderAction, !outcome.isRepetition, !outcome.events.isEmpty else { return }
            isMet = try await archive.add(orderAction, on: move.order, by: actor, to: &transaction, if: condition)
            if !isMet { transaction = archive.transaction(at: now) }
        }
        return isMet
    }

    /// Has the stock follow what was recorded.
    func finish(_ id: ShipmentID, _ order: OrderID) async throws(OrdersError) -> Shipment {
        try await stockDesk.settle(order)
        return try await load(id).shipment
    }

    /// An order whose stock has followed all that happened to it before; as it is for whoever may not give the command.
    func settled(
        _ id: OrderID,
        for action: OrderAction,
        by actor: CommandActor
    ) async throws(OrdersError) -> Order {
        let order = try await archive.order(id)
        let party = actor.party(owner: order.placed?.buyerID, seller: order.sellerID)
        guard order.owesStock, action.rule.parties.contains(party) else { return order }
        try await stockDesk.settle(id)
        return try await archive.order(id)
    }

    /// Holds what a parcel has to take out of stock anew, until it is recorded; a parcel that is refused holds nothing.
    func holdReplacements(
        in id: ShipmentID,
        _ units: [OrderUnits],
        of order: Order,
        by actor: CommandActor
    ) async throws(OrdersError) {
        let missing = order.replacements(for: units)
        guard order.parcels[id] == nil, let extra = ExtraStock(missing, of: order, .parcel(id)) else { return }
        do throws(OrderRejection) {
            _ = try order.decide(ActorCommand(.pack(id, units), by: actor, at: wallClock.now))
        } catch {
            throw .refused(error)
        }
        do throws(InventoryError) {
            try await stockDesk.stock.hold(extra, at: wallClock.now)
        } catch {
            throw .stock(error)
        }
    }

    func load(_ id: ShipmentID) async throws(OrdersError) -> (shipment: Shipment, created: ShipmentCreated) {
        let shipment: Shipment
        do throws(RepositoryError<ShipmentRejection>) {
            shipment = try await archive.shipments.load(id).root
        } catch {
            throw OrdersError(error)
        }
        guard let created = shipment.created else { throw .unknownShipment(id) }
        return (shipment, created)
    }

    static func check(
        _ rule: CommandRule,
        _ actor: CommandActor,
        _ created: ShipmentCreated
    ) throws(OrdersError) {
        do throws(CommandForbidden) {
            try rule.check(actor, owner: created.buyerID, seller: created.sellerID)
        } catch {
            throw .forbidden(error)
        }
    }

    static func bookingKey(of id: ShipmentID, _ carrier: CarrierCode) -> IdempotencyKey {
        // A carrier's code can be as long as a key, so its digest stands for it.
        let booking = TransactionID(derivedFrom: "waybill", "\(id)", carrier.text)
        return IdempotencyKey(unchecked: "\(booking)/waybill")
    }

    /// Refuses whoever may not give the command, and a key that was used for a shipment of another order.
    private static func checkRepetition(
        _ outcome: CommandOutcome<Shipment>,
        _ move: Move,
        by actor: CommandActor
    ) throws(RepositoryError<ShipmentRejection>) {
        guard outcome.isRepetition, let created = outcome.root.created else { return }
        guard created.orderID == move.order else { throw .rejected(.alreadyCreated(created.shipmentID)) }
        do throws(CommandForbidden) {
            try move.action.rule.check(actor, owner: created.buyerID, seller: created.sellerID)
        } catch {
            throw .rejected(.forbidden(error))
        }
    }
}
