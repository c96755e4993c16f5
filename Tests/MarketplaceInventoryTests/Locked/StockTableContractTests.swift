import MarketplaceInventory
import Testing

struct StockTableContractTests {
    @Test(arguments: StockTableContract.allCases)
    func theTableInMemoryKeepsIt(contract: StockTableContract) async throws {
        #expect(try await contract.violations(of: InMemoryStockTable()) == [])
    }

    @Test func aTableThatIgnoresTokensIsFound() async throws {
        let table = MisfencedStockTable(bug: .ignoresTokens)
        #expect(try await StockTableContract.aStaleFenceRefusesTheWholeWrite.violations(of: table) != [])
    }

    @Test func aTableThatComparesOnlyTokensIsFound() async throws {
        let table = MisfencedStockTable(bug: .comparesOnlyTokens)
        let contract = StockTableContract.aFenceComparesWhatWasSeenNotWhatIsHigher
        #expect(try await contract.violations(of: table) != [])
    }
}
