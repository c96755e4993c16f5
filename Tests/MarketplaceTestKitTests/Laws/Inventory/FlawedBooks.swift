import MarketplaceCore

@testable import MarketplaceInventory

/// The plainest books of an inventory, with at most one flaw: everything in dictionaries, one step after the other.
struct FlawedBooks: Sendable {
    struct Item: Sendable {
        var terms = SaleTerms.unrestricted
        var limitGeneration: Int64 = 0
        var lastLimitGeneration: Int64 = 0
        var taken: [MemberKey: Int64] = [:]
        var levels: [LocationKey: StockDeltas] = [:]
    }

    let flaw: InventoryFlaw?
    var items: [SKU: Item] = [:]
    var books: [ReservationID: ReservationBook] = [:]
    var changes: [MovementID: StockChange] = [:]
    var movements: [StockMovement] = []

    init(flaw: InventoryFlaw?) {
        self.flaw = flaw
    }

    /// Where the units of a point are kept.
    func stored(_ point: StockPoint) -> StockPoint {
        switch flaw {
        case .foldsKeys: return StockPoint(folded(point.sku), at: folded(point.location))
        case .truncatesKeys:
            let text = String(decoding: point.sku.text.utf8.prefix(100), as: UTF8.self)
            return StockPoint(SKU(stringLiteral: text), at: point.location)
        case .joinsKeys:
            let parts = "\(point.sku)/\(point.location)".split(separator: "/", maxSplits: 1).map(String.init)
            return StockPoint(SKU(stringLiteral: parts[0]), at: LocationKey(stringLiteral: parts[1]))
        default: return point
        }
    }

    private func folded<Subject>(_ key: TextKey<Subject>) -> TextKey<Subject> {
        var scalars = String.UnicodeScalarView()
        for scalar in key.text.unicodeScalars {
            if scalar == "\u{301}", scalars.last == "e" {
                scalars.removeLast()
                scalars.append("\u{E9}")
            } else {
                scalars.append(scalar)
            }
        }
        return TextKey(stringLiteral: String(scalars))
    }

    func level(at point: StockPoint) -> StockLevel {
        let item = items[point.sku] ?? Item()
        var level = StockLevel(
            sku: point.sku,
            location: point.location,
            safetyStock: item.terms.safetyStock[point.location]
        )
        level.add(item.levels[point.location] ?? StockDeltas())
        return level
    }

    func stock(of sku: SKU) -> SKUStock? {
        guard let item = items[sku] else { return flaw == .knowsEverySKU ? SKUStock(sku: sku, levels: []) : nil }
        return SKUStock(sku: sku, levels: item.levels.keys.map { level(at: StockPoint(sku, at: $0)) })
    }

    /// Writes a movement and applies it.
    mutating func apply(_ movement: StockMovement) {
        items[movement.sku, default: Item()].levels[movement.location, default: StockDeltas()] =
            (items[movement.sku]?.levels[movement.location] ?? StockDeltas()) + movement.deltas
        switch flaw {
        case .losesExpiries where movement.kind == .expiry: return
        case .writesSalesTwice where movement.kind == .sale: movements.append(movement)
        case .arrivesLate where movement.kind == .reservation && !movements.isEmpty:
            movements.insert(movement, at: movements.count - 1)
            return
        default: break
        }
        movements.append(movement)
    }

    mutating func makeLocation(_ point: StockPoint) throws(InventoryRefusal) {
        var item = items[point.sku] ?? Item()
        guard item.levels[point.location] == nil else { return }
        guard item.levels.count < InventoryLimits.locationsPerSKU || flaw == .locationsUnbounded else {
            throw .tooManyLocations(point.sku, maximum: InventoryLimits.locationsPerSKU)
        }
        item.levels[point.location] = StockDeltas()
        items[point.sku] = item
    }

    // MARK: Changes

    /// The answer to a change that is known; nil when it is not.
    func known(_ change: StockChange) throws(InventoryRefusal) -> StockLevel? {
        guard let known = changes[change.id], flaw != .changesAgain else { return nil }
        guard (known.point, known.action) == (change.point, change.action) || flaw == .ignoresChangeContent else {
            throw .changeMismatch(change.id)
        }
        return level(at: stored(change.point))
    }

    mutating func record(_ change: StockChange) throws(InventoryRefusal) -> StockLevel {
        guard items[stored(change.point).sku] != nil || change.introducesSKU else {
            throw .unknownSKU(change.point.sku)
        }
        if flaw != .changesWaitForSweep { endAllOverdue(at: change.time) }
        var copy = self
        try copy.makeLocation(stored(change.point))
        for movement in change.movements { try copy.record(movement) }
        copy.changes[change.id] = change
        self = copy
        return level(at: stored(change.point))
    }

    /// Records one movement of a change, unless there are too few units.
    mutating func record(_ movement: StockMovement) throws(InventoryRefusal) {
        let point = stored(movement.point)
        try makeLocation(point)
        var deltas = movement.deltas
        if flaw == .arrivalStaysAnnounced, deltas.onHand > 0 { deltas.incoming = 0 }
        if !(flaw == .takesPromised && deltas.onHand < 0) { _ = try level(at: point).applying(deltas) }
        apply(
            StockMovement(
                id: movement.id,
                sku: point.sku,
                location: point.location,
                kind: movement.kind,
                deltas: deltas,
                reservation: nil,
                reference: flaw == .dropsReference ? nil : movement.reference,
                time: movement.time
            )
        )
    }

    mutating func setTerms(_ terms: SaleTerms, of sku: SKU) {
        var item = items[sku] ?? Item()
        item.terms = terms
        if terms.perMemberLimit == nil {
            if flaw != .keepsCounting { item.limitGeneration = 0 }
        } else if item.limitGeneration == 0 {
            item.lastLimitGeneration += 1
            item.limitGeneration = item.lastLimitGeneration
            item.taken = [:]
        }
        items[sku] = item
    }
}
