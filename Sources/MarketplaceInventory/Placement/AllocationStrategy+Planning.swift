public import MarketplaceCore

extension AllocationStrategy {
    /// Decides where the units of an order are taken from: all of them, or a refusal.
    ///
    /// What stock cannot tell (windows and limits of a sale, whether the terms permit backorders) is left to the
    /// inventory that is asked to reserve the lines.
    ///
    /// - Parameters:
    ///   - demand: What is wanted.
    ///   - stock: The stock of the SKUs that are wanted.
    ///   - allowsBackorder: Whether the units that are nowhere are planned nevertheless: at the first location of the
    ///     order, of those that are used when they are to be few.
    /// - Returns: The lines with their places, and which units of them are nowhere.
    /// - Throws: `emptyRequest`, `tooManyLines`, `unknownSKU`, and `insufficientStock` with what the locations that the
    ///   strategy uses have together.
    /// - Complexity: *n* log *n* in the locations of each SKU; see ``fewestParcels(by:)`` for the others.
    public func plan(
        _ demand: [DemandLine],
        from stock: [SKU: SKUStock],
        allowsBackorder: Bool = false
    ) throws(InventoryRefusal) -> PlacementPlan {
        try plan(demand, from: stock, allowsBackorder: allowsBackorder, tieBreak: 0)
    }

    /// Decides like ``plan(_:from:allowsBackorder:)``, with ties turned.
    func plan(
        _ demand: [DemandLine],
        from stock: [SKU: SKUStock],
        allowsBackorder: Bool,
        tieBreak: UInt64
    ) throws(InventoryRefusal) -> PlacementPlan {
        var choices = try choices(demand, from: stock, tieBreak: tieBreak)
        if !allowsBackorder, let short = choices.first(where: { $0.reachable < $0.wanted }) {
            throw .insufficientStock(short.sku, requested: short.wanted, available: short.reachable)
        }
        if minimizesLocations { restrictToFewest(&choices, tieBreak: tieBreak) }
        var lines: [ReservationLine] = []
        var missing: [StockPoint: Int64] = [:]
        for choice in choices {
            let parts = choice.parts
            for (location, units) in parts.taken {
                lines += ReservationLine.lines(of: StockPoint(choice.sku, at: location), units: units)
            }
            guard parts.missing > 0 else { continue }
            guard let first = choice.order.first else {
                throw .insufficientStock(choice.sku, requested: choice.wanted, available: 0)
            }
            missing[StockPoint(choice.sku, at: first)] = parts.missing
        }
        return PlacementPlan(lines: ReservationLines(lines), missing: missing)
    }

    /// What is wanted of each SKU and where it is, by ascending SKU.
    private func choices(
        _ demand: [DemandLine],
        from stock: [SKU: SKUStock],
        tieBreak: UInt64
    ) throws(InventoryRefusal) -> [PlacementChoice] {
        guard !demand.isEmpty else { throw .emptyRequest }
        guard demand.count <= InventoryLimits.linesPerReservation else {
            throw .tooManyLines(demand.count, maximum: InventoryLimits.linesPerReservation)
        }
        var choices: [PlacementChoice] = []
        for (sku, wanted) in demand.demandBySKU {
            guard let levels = stock[sku]?.levels else { throw .unknownSKU(sku) }
            var available: [LocationKey: Int64] = [:]
            // Within what an inventory counts, so that sums over the SKUs of an order fit.
            for level in levels { available[level.location] = min(level.available, InventoryLimits.unitsOnHand) }
            if levels.isEmpty { available[.main] = 0 }
            let places = available.map { PlacementOffer.Place($0.key, available: $0.value) }
            let order = rank(PlacementOffer(sku: sku, wanted: wanted, places: places), tieBreak: tieBreak)
            choices.append(PlacementChoice(sku: sku, wanted: wanted, available: available, order: order))
        }
        return choices
    }

    private func rank(_ offer: PlacementOffer, tieBreak: UInt64) -> [LocationKey] {
        var offer = offer
        offer.tieBreak = tieBreak
        var seen: Set<LocationKey> = []
        return ranking(offer).filter { seen.insert($0).inserted }
    }

    /// Leaves only the fewest locations in the orders of the choices.
    private func restrictToFewest(_ choices: inout [PlacementChoice], tieBreak: UInt64) {
        var useful: [LocationKey: [ParcelSearch.Content]] = [:]
        for (index, choice) in choices.enumerated() {
            for location in choice.order {
                let units = min(choice.available[location] ?? 0, choice.wanted)
                if units > 0 { useful[location, default: []].append(ParcelSearch.Content(sku: index, units: units)) }
            }
        }
        let places = useful.map { location, contents in
            let available = contents.reduce(0) { $0 + (choices[$1.sku].available[location] ?? 0) }
            return PlacementOffer.Place(location, available: available)
        }
        let wanted = choices.map { min($0.wanted, $0.reachable) }
        let whole = PlacementOffer(sku: nil, wanted: choices.reduce(0) { $0 + $1.wanted }, places: places)
        // A location that is used for one SKU must not be left out because the ranking of the whole forgets it.
        let ranked = rank(whole, tieBreak: tieBreak).filter { useful[$0] != nil }
        let rest = places.map(\.location).filter { !ranked.contains($0) }.sorted()
        let order = ranked + rest
        let search = ParcelSearch(wanted: wanted, contents: order.map { useful[$0] ?? [] })
        let chosen = Set(search.fewest(exactUpTo: Self.exactLocations).map { order[$0] })
        for index in choices.indices { choices[index].keep(chosen) }
    }
}

/// One SKU of an order, and the locations it may come from.
private struct PlacementChoice {
    let sku: SKU
    let wanted: Int64
    let available: [LocationKey: Int64]
    private(set) var order: [LocationKey]

    /// What all locations it may come from have together; beyond what is wanted, at least that.
    var reachable: Int64 { order.reduce(0) { $0 + min(available[$1] ?? 0, wanted) } }

    /// Leaves out the locations that are not among `chosen`, unless none would be left.
    mutating func keep(_ chosen: Set<LocationKey>) {
        let kept = order.filter(chosen.contains)
        if !kept.isEmpty { order = kept }
    }

    /// The units from each location, in order; what is missing is added to the first.
    var parts: (taken: [(LocationKey, Int64)], missing: Int64) {
        var rest = wanted
        var taken: [(LocationKey, Int64)] = []
        for location in order where rest > 0 {
            let units = min(rest, available[location] ?? 0)
            rest -= units
            if units > 0 { taken.append((location, units)) }
        }
        guard rest > 0, let first = order.first else { return (taken, rest) }
        if taken.first?.0 == first {
            taken[0].1 += rest
        } else {
            taken.insert((first, rest), at: 0)
        }
        return (taken, rest)
    }
}
