import MarketplaceCore

extension StockLevel {
    /// The SKU and the location.
    var point: StockPoint { StockPoint(sku, at: location) }

    /// The level after a movement that no reservation makes, which must leave no part below zero nor beyond what can
    /// be counted.
    func applying(_ deltas: StockDeltas) throws(InventoryRefusal) -> StockLevel {
        try Self.checkRoom(point, present: onHand, adding: deltas.onHand)
        try Self.checkRoom(point, present: incoming, adding: deltas.incoming)
        try Self.checkRoom(point, present: damaged, adding: deltas.damaged)
        try Self.check(.unpromised, of: point, present: unpromised, taking: -deltas.unpromised)
        try Self.check(.incoming, of: point, present: incoming, taking: -deltas.incoming)
        try Self.check(.damaged, of: point, present: damaged, taking: -deltas.damaged)
        var level = self
        level.add(deltas)
        return level
    }

    private static func checkRoom(
        _ point: StockPoint,
        present: Int64,
        adding units: Int64
    ) throws(InventoryRefusal) {
        let maximum = InventoryLimits.unitsOnHand
        guard units <= 0 || units <= maximum - present else {
            throw .tooMuchStock(point.sku, present: present, received: units, maximum: maximum)
        }
    }

    private static func check(
        _ part: StockPart,
        of point: StockPoint,
        present: Int64,
        taking units: Int64
    ) throws(InventoryRefusal) {
        guard units <= present else {
            throw .insufficientUnits(point, part, requested: units, present: present)
        }
    }
}
