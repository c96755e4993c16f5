public import MarketplaceCore

/// A SKU's stock crossed a threshold.
public struct StockSignal: Hashable, Sendable, Codable {
    /// Which threshold, and in which direction.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// Nothing was available, and now there is enough again.
        case backInStock
        /// Nothing is available any more.
        case outOfStock
        /// No more than the threshold is available.
        case lowStock
    }

    /// Which threshold.
    public let kind: Kind
    /// The SKU.
    public let sku: SKU
    /// The units that were available before, everywhere together.
    public let before: Int64
    /// The units that are available now, everywhere together.
    public let available: Int64
    /// The movement by which it crossed the threshold; together with the kind it names the signal.
    public let movement: MovementID
    /// When, by that movement.
    public let time: Timestamp
}
