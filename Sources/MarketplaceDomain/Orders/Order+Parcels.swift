import MarketplaceCore

extension Order.Known {
    func pack(_ shipment: ShipmentID, _ contents: [OrderUnits]) throws(OrderRejection) -> [OrderEvent] {
        if let parcel = order.parcels[shipment] {
            guard parcel.units == contents else { throw .shipmentExists(shipment) }
            // Whoever may never make the move is told so, in whichever state.
            if !isRoleAllowed(.pack) { _ = try move(.pack) }
            return []
        }
        let target = try move(.pack)
        guard order.parcels.count < Order.maximumShipments else {
            throw .tooManyShipments(maximum: Order.maximumShipments)
        }
        guard !contents.isEmpty else { throw .emptyShipment }
        var seen: Set<Int> = []
        for content in contents {
            let index = content.lineIndex
            guard order.units.indices.contains(index), seen.insert(index).inserted else {
                throw .unknownLine(index: index)
            }
            let open = order.units[index].open
            guard content.units > 0, content.units <= open else {
                throw .unitsOutOfRange(lineIndex: index, requested: content.units, available: open)
            }
        }
        return moved(to: target) + [
            moved(shipment, contents, to: .packed, replacing: order.replacements(for: contents))
        ]
    }

    func unpack(_ shipment: ShipmentID) throws(OrderRejection) -> [OrderEvent] {
        guard let parcel = try parcel(shipment, .unpack, from: .packed, to: .unpacked) else { return [] }
        return moved(to: try move(.unpack)) + [moved(shipment, parcel.units, to: .unpacked)]
    }

    func ship(_ shipment: ShipmentID) throws(OrderRejection) -> [OrderEvent] {
        guard let parcel = try parcel(shipment, .ship, from: .packed, to: .shipped) else { return [] }
        return try moveParcel(.ship, shipment, parcel.units, to: .shipped)
    }

    func deliver(_ shipment: ShipmentID) throws(OrderRejection) -> [OrderEvent] {
        guard let parcel = try parcel(shipment, .deliver, from: .shipped, to: .delivered) else { return [] }
        return try moveParcel(.deliver, shipment, parcel.units, to: .delivered)
    }

    func takeBack(_ shipment: ShipmentID, intoStock: Bool) throws(OrderRejection) -> [OrderEvent] {
        guard let parcel = try parcel(shipment, .takeBack, from: .shipped, to: .takenBack) else { return [] }
        return try moveParcel(.takeBack, shipment, parcel.units, to: .takenBack, intoStock: intoStock)
    }

    private func moveParcel(
        _ move: OrderMove,
        _ shipment: ShipmentID,
        _ contents: [OrderUnits],
        to stage: OrderParcel.Stage,
        intoStock: Bool = false
    ) throws(OrderRejection) -> [OrderEvent] {
        let event = moved(shipment, contents, to: stage, intoStock: intoStock)
        var next = order
        next.apply(event)
        return [event] + moved(to: try self.move(move, given: facts.union(next.shippingFacts)))
    }

    /// A shipment at the stage that a move leads from; nil when it was moved there before.
    private func parcel(
        _ shipment: ShipmentID,
        _ move: OrderMove,
        from stage: OrderParcel.Stage,
        to target: OrderParcel.Stage
    ) throws(OrderRejection) -> OrderParcel? {
        // Whoever may never make the move is told so, in whichever state.
        if !isRoleAllowed(move) { _ = try self.move(move) }
        guard let parcel = order.parcels[shipment] else { throw .unknownShipment(shipment) }
        if parcel.stage == target { return nil }
        guard parcel.stage == stage else { throw .shipmentStage(shipment, parcel.stage) }
        return parcel
    }

    private func moved(
        _ shipment: ShipmentID,
        _ contents: [OrderUnits],
        to stage: OrderParcel.Stage,
        replacing replacements: [OrderUnits] = [],
        intoStock: Bool = false
    ) -> OrderEvent {
        let moved = OrderParcelMoved(
            orderID: id,
            shipmentID: shipment,
            stage: stage,
            units: contents,
            replacements: replacements.isEmpty ? nil : replacements,
            intoStock: intoStock ? true : nil,
            by: command.actor,
            at: command.time
        )
        return .parcelMoved(moved)
    }
}

extension Order {
    /// What is true of its units.
    var shippingFacts: Set<TransitionFact> {
        var facts: Set<TransitionFact> = []
        if units.allSatisfy({ $0.open == 0 && $0.packed == 0 }) { facts.insert(.nothingIsLeftToShip) }
        if units.allSatisfy({ $0.delivered == $0.owed }) { facts.insert(.everythingIsThere) }
        if units.contains(where: { $0.shipped > 0 }) { facts.insert(.somethingIsShipped) }
        return facts
    }
}
