/// When signals about the stock of a SKU are told, in units that are available everywhere together.
///
/// Each threshold has a second one at which it is armed again, so that a level that moves to and fro around it tells
/// once: low stock is told when no more than ``lowStockAt`` are available, and not again before ``rearmedAt`` were.
/// Likewise out of stock is told at none, and its end at ``backInStockAt``.
public struct StockSignalRule: Hashable, Sendable, Codable {
    /// The level at or below which stock is low; nil when nobody wants to know.
    public let lowStockAt: Int64?
    /// The level at or above which low stock can be told again; always above ``lowStockAt``.
    public let rearmedAt: Int64
    /// The level at or above which what was out of stock is back; at least 1.
    public let backInStockAt: Int64

    /// Makes a rule; a level that is too low to make sense is raised to the lowest that does.
    ///
    /// - Parameters:
    ///   - lowStockAt: The level at or below which stock is low: at least 0.
    ///   - rearmedAt: The level at or above which low stock can be told again; half as much again as `lowStockAt`, and
    ///     at least one unit more, unless told otherwise.
    ///   - backInStockAt: The level at or above which what was out of stock is back.
    public init(lowStockAt: Int64? = nil, rearmedAt: Int64? = nil, backInStockAt: Int64 = 1) {
        let low = min(max(lowStockAt ?? 0, 0), InventoryLimits.unitsOnHand)
        self.lowStockAt = lowStockAt == nil ? nil : low
        self.rearmedAt = max(rearmedAt ?? low + max(1, low / 2), low + 1)
        self.backInStockAt = max(1, backInStockAt)
    }

    /// Out of stock and back in stock, at the first unit.
    public static let outAndBack = StockSignalRule()
}
