public import MarketplaceInventory

/// A table of stock whose writes can be held just before they take effect: what ``HeldWriteLaws`` are checked on.
public struct HeldStockTableSite: Sendable {
    /// The table, empty.
    public let table: any StockTable
    /// What its writes pass last.
    public let gate: StoreGate

    /// Describes a table.
    ///
    /// - Parameters:
    ///   - table: The table, empty; its driver passes the gate as the last thing before a write takes effect.
    ///   - gate: The gate.
    public init(_ table: any StockTable, gate: StoreGate) {
        self.table = table
        self.gate = gate
    }
}
