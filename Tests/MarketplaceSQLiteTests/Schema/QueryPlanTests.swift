#if SQLite
import Testing
@testable import MarketplaceSQLite

struct QueryPlanTests {
    /// How SQLite would run a statement, step by step.
    private func plan(of query: SQLiteQuery) async throws -> [String] {
        let folder = try TemporaryFolder()
        let database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: .quick)
        defer { withExtendedLifetime(database) {} }
        let handle = try SQLiteHandle(uri: SQLiteLocation.file(folder.path()).uri, flags: 2)
        let statement = try SQLiteStatement("explain query plan \(query.sql)", on: handle)
        var steps: [String] = []
        while try statement.step() { steps.append(try statement.text(3)) }
        return steps
    }

    /// Forgetting receipts reads the oldest rows as they lie; everything else goes by an index, or grows slow.
    @Test(arguments: SQLiteQuery.allCases.filter { ![.beginRead, .beginWrite, .commit, .sweepReceipts].contains($0) })
    func everyStatementGoesByAnIndexAndSortsNothing(_ query: SQLiteQuery) async throws {
        for step in try await plan(of: query) {
            #expect(!step.contains("SCAN") || step.contains("CONSTANT ROW"), "\(query): \(step)")
            #expect(!step.contains("TEMP B-TREE"), "\(query): \(step)")
        }
    }
}
#endif
