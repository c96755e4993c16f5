public import MarketplaceCore

/// The stock of a SKU at all locations.
public struct SKUStock: Hashable, Sendable {
    /// The SKU.
    public let sku: SKU
    /// The levels, one for each location that ever had any of it, by ascending location.
    public let levels: [StockLevel]

    /// Makes the stock of a SKU; for inventories.
    public init(sku: SKU, levels: [StockLevel]) {
        self.sku = sku
        self.levels = levels.sorted { $0.location < $1.location }
    }

    /// The units on hand, everywhere together.
    public var onHand: Int64 { sum(\.onHand) }
    /// The units that are held, everywhere together.
    public var held: Int64 { sum(\.held) }
    /// The units that are allocated, everywhere together.
    public var allocated: Int64 { sum(\.allocated) }
    /// The units that are promised and not there yet, everywhere together.
    public var backordered: Int64 { sum(\.backordered) }
    /// The units that are on their way, everywhere together.
    public var incoming: Int64 { sum(\.incoming) }
    /// The units that are there and cannot be sold, everywhere together.
    public var damaged: Int64 { sum(\.damaged) }
    /// The units that are promised to nobody, everywhere together.
    public var unpromised: Int64 { sum(\.unpromised) }
    /// The units that can be reserved, everywhere together.
    public var available: Int64 { sum(\.available) }

    /// The level at a location; one of nothing when there never was any.
    public func level(at location: LocationKey) -> StockLevel {
        levels.first { $0.location == location } ?? StockLevel(sku: sku, location: location)
    }

    // An inventory bounds the units of a level and the locations of a SKU, so that their sums fit.
    private func sum(_ part: KeyPath<StockLevel, Int64>) -> Int64 {
        levels.reduce(0) { $0 &+ $1[keyPath: part] }
    }
}
