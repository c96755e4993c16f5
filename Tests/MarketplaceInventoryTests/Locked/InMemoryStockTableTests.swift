import MarketplaceInventory
import MarketplaceTestKit
import Testing

struct InMemoryStockTableTests {
    @Test(arguments: StockTableLaws.all)
    func itKeepsEveryLawOfTables(_ law: StockTableLaw) async throws {
        try await law.check {
            let table = InMemoryStockTable()
            return StockTableSite { table }
        }
    }

    @Test(arguments: StockTableLaws.all)
    func itKeepsEveryLawBehindPausesOfItsCallers(_ law: StockTableLaw) async throws {
        try await law.check {
            let table = InMemoryStockTable()
            return StockTableSite {
                HookedStockTable(table, afterRead: { await Task.yield() }, beforeWrite: { _ in await Task.yield() })
            }
        }
    }
}
