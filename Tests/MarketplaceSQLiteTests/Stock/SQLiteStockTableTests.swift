#if SQLite
import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Testing
@testable import MarketplaceSQLite

struct SQLiteStockTableTests {
    private let identifiers = SeededIdentifiers(seed: 1)

    /// A write of one level under one fence, which nobody has seen before.
    private func write(_ number: Int, fence: Int) throws -> StockTableWrite {
        StockTableWrite(
            fences: [StockFence(try FenceKey("\(fence)"), seen: nil, token: FencingToken(UInt64(number) + 1))],
            levels: [StockLevelRow(StockPoint(try SKU("\(number)")), StockDeltas(onHand: 1))]
        )
    }

    @Test func writersWhoArriveTogetherShareTransactionsWithCommitsAndEachIsToldItsOwn() async throws {
        let probe = ScriptedWriterProbe()
        let database = try await TestDatabase(probe: probe)
        let store = database.store()
        let table = TestStockTable(database.folder, database.database)
        let before = probe.commits
        let stale = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<1_000 {
                // Every two writers have a key in common, so that the later one has not seen the earlier one's token.
                let write = try write(number, fence: number / 2)
                var transaction = Transaction(id: identifiers.next(), time: .epoch)
                transaction.add(1, to: "sold")
                group.addTask { [transaction] in
                    _ = try await store.commit(transaction)
                    return 0
                }
                group.addTask {
                    do throws(StockTableError) {
                        try await table.write(write)
                        return 0
                    } catch {
                        guard error == .staleFence(write.fences[0].key) else { throw error }
                        return 1
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(stale == 500)
        #expect(try await store.counter("sold") == 1_000)
        let points = try (0..<1_000).map { StockPoint(try SKU("\($0)")) }
        #expect(try await table.read(StockTableQuery(points: points)).levels.count == 500)
        let commits = probe.commits - before
        #expect(commits < 200, "2,000 callers took \(commits) transactions")
    }

    @Test func theTableAndTheStoreOfANamespaceAreTwoStocks() async throws {
        let database = try await TestDatabase()
        let onStore = StoreInventory(store: database.store(), codec: .json)
        let table = TestStockTable(database.folder, database.database)
        let onTable = LockedInventory(table: table, locks: InMemoryLockProvider())
        let (one, other): (MovementID, MovementID) = (identifiers.next(), identifiers.next())
        try await onStore.record(.restock(id: one, sku: "mug", quantity: try Quantity(2), at: .epoch))
        try await onTable.record(.restock(id: other, sku: "mug", quantity: try Quantity(3), at: .epoch))
        #expect(try await onStore.stock(of: "mug")?.levels.map(\.onHand) == [2])
        #expect(try await onTable.stock(of: "mug")?.levels.map(\.onHand) == [3])
        let lines = try SQLFile(path: database.folder.path()).lines(
            "select on_hand, available from marketplace_stock where sku = 'mug' order by on_hand"
        )
        #expect(lines == ["2 2", "3 3"])
    }

    @Test func aRowThatCannotBeReadIsSaidToBeAndNotRetried() async throws {
        let database = try await TestDatabase()
        let table = TestStockTable(database.folder, database.database)
        let inventory = LockedInventory(table: table, locks: InMemoryLockProvider())
        let id: MovementID = identifiers.next()
        try await inventory.record(.restock(id: id, sku: "mug", quantity: .one, at: .epoch))
        let file = SQLFile(path: database.folder.path())
        try file.execute("update marketplace_stock_item set terms = x'00'")
        #expect(try file.lines("select on_hand, available from marketplace_stock") == ["1 -"])
        do throws(StockTableError) {
            _ = try await table.read(StockTableQuery(skus: ["mug"]))
            Issue.record("what is not JSON was read")
        } catch {
            guard case .notApplied(let failure) = error else { throw error }
            #expect(failure.code == .unreadable && !error.isRetriable)
        }
    }
}
#endif
