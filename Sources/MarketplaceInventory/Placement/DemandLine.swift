public import MarketplaceCore

/// So many units of one SKU, wherever they are.
public struct DemandLine: Hashable, Sendable, Codable {
    /// What is wanted.
    public let sku: SKU
    /// How many units of it.
    public let quantity: Quantity

    /// Makes a line.
    public init(_ sku: SKU, _ quantity: Quantity) {
        self.sku = sku
        self.quantity = quantity
    }
}

extension Sequence<DemandLine> {
    /// How many units of each SKU are wanted, all lines together, by ascending SKU.
    ///
    /// The sum of as many lines as memory holds is far from the end of 64 bits: one has at most a billion units.
    var demandBySKU: [(sku: SKU, units: Int64)] {
        let sums = reduce(into: [SKU: Int64]()) { $0[$1.sku, default: 0] += $1.quantity.units }
        return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
