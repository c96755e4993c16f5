public import MarketplaceCore

/// A SKU at a location: what units are counted for.
public struct StockPoint: Hashable, Sendable, Codable {
    /// The SKU.
    public let sku: SKU
    /// Where.
    public let location: LocationKey

    /// Makes a point.
    public init(_ sku: SKU, at location: LocationKey = .main) {
        self.sku = sku
        self.location = location
    }
}

extension StockPoint: Comparable {
    /// By SKU, then by location: the order in which points are locked and written.
    public static func < (lhs: StockPoint, rhs: StockPoint) -> Bool {
        lhs.sku == rhs.sku ? lhs.location < rhs.location : lhs.sku < rhs.sku
    }
}

extension StockPoint: CustomStringConvertible {
    /// The SKU, and its location unless that is the main one.
    public var description: String { location == .main ? sku.text : "\(sku) at \(location)" }
}
