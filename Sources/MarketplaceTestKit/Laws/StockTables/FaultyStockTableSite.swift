public import MarketplaceInventory

/// A table of stock whose writes can be made to fail: what ``StockTableFaultLaws`` are checked on.
public struct FaultyStockTableSite: Sendable {
    /// The table, empty.
    public let table: any StockTable
    let inject: @Sendable (StoreFault, Int) async throws -> Int

    /// Describes a table.
    ///
    /// - Parameters:
    ///   - table: The table, empty.
    ///   - inject: Lets so many of the next writes end in a fault, in place of all faults that were asked for before,
    ///     and returns how many of those came about. An attempt that the table makes again by itself is a write of its
    ///     own; reads do not count.
    public init(_ table: any StockTable, inject: @escaping @Sendable (StoreFault, Int) async throws -> Int) {
        self.table = table
        self.inject = inject
    }
}
