import MarketplaceCore

extension Order {
    /// Whether the stock has not followed yet, as far as is noted: parcels that left, units that were called off, added,
    /// set aside anew or came back.
    ///
    /// `Orders.settle(_:by:)` books it and takes note; so does the sweep when a process died before.
    public var owesStock: Bool { bookedStockRevision < stockRevision }

    /// What of a parcel with that content has to be set aside anew, because what was set aside for it has left with
    /// parcels that did not arrive.
    package func replacements(for contents: [OrderUnits]) -> [OrderUnits] {
        contents.compactMap { content in
            guard units.indices.contains(content.lineIndex) else { return nil }
            let missing = units[content.lineIndex].missing(of: content.units)
            return missing > 0 ? OrderUnits(lineIndex: content.lineIndex, units: missing) : nil
        }
    }

    /// Takes note that the stock is as the order says now.
    mutating func noteStock(_ revision: Int) {
        bookedStockRevision = revision
        for index in units.indices {
            units[index].bookedHandedOver = units[index].handedOver
            units[index].bookedSetFree = units[index].setFree
        }
    }
}

extension Order.Known {
    func noteStock(_ revision: Int) throws(OrderRejection) -> [OrderEvent] {
        _ = try move(.noteStock)
        guard revision > 0, revision <= order.stockRevision else { throw .unknownStock(revision: revision) }
        // What has happened since is not booked: whoever did it books all of it.
        guard revision == order.stockRevision, order.owesStock else { return [] }
        return [.stockBooked(OrderStockBooked(orderID: id, revision: revision, by: command.actor, at: command.time))]
    }

    func undoChange(_ number: Int, _ gone: [OrderUnits]) throws(OrderRejection) -> [OrderEvent] {
        let addition = number > 0 ? order.additions.dropFirst(number - 1).first : nil
        if addition?.isUndone == true, isRoleAllowed(.undoChange) { return [] }
        _ = try move(.undoChange)
        guard let addition else { throw .unknownChange(number: number) }
        var changes: [OrderLineChange] = []
        for part in gone {
            let added = addition.units.first { $0.lineIndex == part.lineIndex }?.units ?? 0
            guard part.units > 0, part.units <= added else {
                throw .unitsOutOfRange(lineIndex: part.lineIndex, requested: part.units, available: added)
            }
            let owed = order.units[part.lineIndex].owed
            changes.append(OrderLineChange(lineIndex: part.lineIndex, units: owed - part.units))
        }
        return try changed(.undoChange, try order.amendment(changes), undoing: number)
    }
}
