import MarketplaceCore

/// How many units of a SKU there are at a location: the sum of all its movements.
public struct StockLevelRow: Hashable, Sendable, Codable {
    /// The SKU and the location.
    public let point: StockPoint
    /// The parts of the level.
    public let units: StockDeltas

    /// Makes a row.
    public init(_ point: StockPoint, _ units: StockDeltas = StockDeltas()) {
        self.point = point
        self.units = units
    }
}

extension StockLevelRow {
    /// The level, of a SKU on these terms.
    func level(on terms: SaleTerms?) -> StockLevel {
        var level = StockLevel(
            sku: point.sku,
            location: point.location,
            safetyStock: terms?.safetyStock[point.location] ?? 0
        )
        level.add(units)
        return level
    }
}
