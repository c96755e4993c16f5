import MarketplaceCore

/// Where the units of an order are to be taken from.
public struct PlacementPlan: Hashable, Sendable {
    /// The lines, by ascending SKU; those of one SKU in the order of the strategy.
    public let lines: ReservationLines
    /// The units of the lines that are not there, which only a backorder can promise.
    public let missing: [StockPoint: Int64]

    init(lines: ReservationLines, missing: [StockPoint: Int64]) {
        self.lines = lines
        self.missing = missing
    }
}
