import MarketplaceInventory

/// A law of ``StockTable``.
public typealias StockTableLaw = Law<StockTableSite>

/// The laws that every conformance to ``StockTable`` keeps.
///
/// Each law wants a site of its own whose table is empty:
///
/// ```swift
/// @Test(arguments: StockTableLaws.all)
/// func everyLawHolds(_ law: StockTableLaw) async throws {
///     try await law.check { try await makeEmptySite() }
/// }
/// ```
///
/// A table that is reached over something that can fail keeps those of ``StockTableFaultLaws`` too. Where movements may
/// be held back by the transactions of others, ``StoreLaws/feedPatience`` says for how long a law waits for them.
public enum StockTableLaws {
    /// All of them.
    public static let all = LawSet(rows + reads + writes + fences + queries + movements + forgetting)
}
