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

    /// Sets units of the order aside.
    mutating func allot(_ units: [OrderUnits], for origin: OrderAllotment.Origin) {
        guard !units.isEmpty else { return }
        allotments.append(OrderAllotment(units, for: origin, stockRevision: stockRevision))
    }

    /// Sets free what is set aside of a line beyond what is still to be shipped.
    mutating func release(_ index: Int, rather origin: OrderAllotment.Origin? = nil) {
        let line = units[index]
        setFree(line.setAside - line.open - line.packed, of: index, rather: origin)
    }

    /// Sets units of a line free: of an allotment if one is named, then what was set aside last first.
    mutating func setFree(_ count: Int, of index: Int, rather origin: OrderAllotment.Origin? = nil) {
        guard count > 0 else { return }
        units[index].setFree += count
        var left = count
        if let origin, let named = allotments.firstIndex(where: { $0.origin == origin }) {
            allotments[named].take(\.setFree, &left, of: index)
        }
        for place in allotments.indices.reversed() { allotments[place].take(\.setFree, &left, of: index) }
    }

    /// Lets units of a line leave: what was set aside first leaves first.
    mutating func handOver(_ count: Int, of index: Int) {
        units[index].handedOver += count
        var left = count
        for place in allotments.indices { allotments[place].take(\.handedOver, &left, of: index) }
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
