#if LibPQ
import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Testing
@testable import MarketplacePostgres

@Suite(.serialized, .onPrivateServer)
struct PostgresStockTableTests {
    private let identifiers = SeededIdentifiers(seed: 1)

    /// Adds a unit to the level of each key under its fence, as often as it takes.
    private func add(to numbers: [Int], of table: PostgresStockTable) async throws -> Int {
        let keys = try numbers.map { try FenceKey("\($0)") }
        let points = try numbers.map { StockPoint(try SKU("\($0)")) }
        var staleCount = 0
        while true {
            let rows = try await table.read(StockTableQuery(fences: keys, points: points))
            let write = StockTableWrite(
                fences: keys.map { key in
                    let seen = rows.fences[key]
                    return StockFence(key, seen: seen, token: FencingToken((seen?.value ?? 0) + 1))
                },
                levels: points.map { point in
                    StockLevelRow(point, StockDeltas(onHand: (rows.levels[point]?.units.onHand ?? 0) + 1))
                }
            )
            do throws(StockTableError) {
                try await table.write(write)
                return staleCount
            } catch {
                guard case .staleFence = error else { throw error }
                staleCount += 1
            }
        }
    }

    @Test func writersOfManyProcessesWhoWantTheSameRowsInAnyOrderAllGetThem() async throws {
        let namespace = try await TestDatabase().namespace
        var wanted = [0, 0, 0, 0, 0, 0]
        var writers: [(table: PostgresStockTable, turns: [[Int]])] = []
        let random = SeededRandomSource(seed: 7)
        for _ in 0..<8 {
            let table = try await TestDatabase(namespace: namespace).stockTable
            let turns = (0..<12).map { _ in
                let numbers = wanted.indices.filter { _ in random.next().isMultiple(of: 2) }
                return random.next().isMultiple(of: 2) ? numbers : numbers.reversed()
            }
            for number in turns.joined() { wanted[number] += 1 }
            writers.append((table, turns))
        }
        let staleCount = try await withThrowingTaskGroup(of: Int.self) { group in
            for (table, turns) in writers {
                group.addTask {
                    var staleCount = 0
                    for numbers in turns { staleCount += try await add(to: numbers, of: table) }
                    return staleCount
                }
            }
            return try await group.reduce(0, +)
        }
        let points = try wanted.indices.map { StockPoint(try SKU("\($0)")) }
        let levels = try await writers[0].table.read(StockTableQuery(points: points)).levels
        #expect(points.map { levels[$0]?.units.onHand ?? 0 } == wanted.map(Int64.init))
        #expect(staleCount > 0, "nobody was in anybody's way")
    }

    @Test func aMovementIsShownWhenNoneCanComeBeforeItAnyMore() async throws {
        let database = try await TestDatabase(configuration: PostgresConfiguration(feedPatience: .zero))
        let table = database.stockTable
        let movement = movement("mug")
        try await TestDatabase.pool.get().use { session in
            // Somebody else's transaction: it has a number, and stays open.
            _ = try await session.run([
                PostgresStatement("begin"), PostgresStatement("select pg_current_xact_id()"),
            ])
            try await table.write(StockTableWrite(movements: [movement]))
            let slice = try await table.movements(after: .start, limit: 10)
            #expect(slice.movements.isEmpty && slice.next == .start)
            _ = try await session.run(PostgresStatement("rollback"))
        }
        let patient = try await TestDatabase(configuration: TestDatabase.patient, namespace: database.namespace)
        #expect(try await patient.stockTable.movements(after: .start, limit: 10).movements == [movement])
    }

    @Test func inAnotherClusterMovementsGoOnBehindThoseThatWereRestored() async throws {
        try await ViewScene.run { scene in
            let restored = movement("restored")
            let table = scene.database.stockTable(namespace: "own", codec: .json)
            try await table.write(StockTableWrite(movements: [restored]))
            // As a dump of a server that has counted much further.
            try await scene.sql.execute("update marketplace_stock_movement set turn = turn + (1::bigint << 41)")
            try await scene.sql.execute("update marketplace_feed set cluster = 'another'")
            let cursor = try await table.movements(after: .start, limit: 10).next
            let new = movement("new")
            try await table.write(StockTableWrite(movements: [new]))
            #expect(try await table.movements(after: cursor, limit: 10).movements == [new])
            #expect(try await table.movements(after: .start, limit: 10).movements == [restored, new])
        }
    }

    private func movement(_ sku: SKU) -> StockMovement {
        StockMovement(
            id: identifiers.next(),
            sku: sku,
            location: StockPoint(sku).location,
            kind: .restock,
            deltas: StockDeltas(onHand: 1),
            reservation: nil,
            reference: nil,
            time: .epoch
        )
    }

    @Test func whoWaitsForARowForTooLongIsToldToTryAgain() async throws {
        let database = try await TestDatabase(configuration: PostgresConfiguration(lockTimeout: .milliseconds(20)))
        _ = try await add(to: [1, 2], of: database.stockTable)
        try await TestDatabase.pool.get().use { session in
            _ = try await session.run([
                PostgresStatement("begin"),
                PostgresStatement(
                    """
                    select token from marketplace_stock_fence where namespace = (select id from marketplace_namespace \
                    where name = $1) and key = '2' for update
                    """,
                    values: [.text(database.namespace.text)]
                ),
            ])
            do throws(StockTableError) {
                let fence = StockFence("2", seen: FencingToken(1), token: FencingToken(2))
                try await database.stockTable.write(StockTableWrite(fences: [fence]))
                Issue.record("a row that is locked was written")
            } catch {
                guard case .notApplied(let failure) = error else { throw error }
                #expect(failure.code == .overloaded && error.isRetriable)
            }
            _ = try await session.run(PostgresStatement("rollback"))
        }
        _ = try await add(to: [2], of: database.stockTable)
    }

    @Test func theTableAndTheStoreOfANamespaceAreTwoStocks() async throws {
        try await ViewScene.run { scene in
            for (form, units) in [(ViewTests.Form.store, 2), (.table, 3)] {
                let id: MovementID = scene.identifiers.next()
                let change = StockChange.restock(id: id, sku: "mug", quantity: try Quantity(units), at: .epoch)
                try await scene.inventory(form).record(change)
            }
            let lines = try await scene.sql.lines(
                "select on_hand, available from marketplace_stock where sku = 'mug' order by on_hand"
            )
            #expect(lines == ["2 2", "3 3"])
        }
    }

    @Test func aRowThatCannotBeReadIsSaidToBeAndNotRetried() async throws {
        try await ViewScene.run { scene in
            let id: MovementID = scene.identifiers.next()
            let inventory = scene.inventory(.table)
            try await inventory.record(.restock(id: id, sku: "mug", quantity: .one, at: .epoch))
            try await scene.sql.execute("update marketplace_stock_item set terms = '\\x00'")
            #expect(try await scene.sql.lines("select on_hand, available from marketplace_stock") == ["1 -"])
            do throws(StockTableError) {
                let table = scene.database.stockTable(namespace: "own", codec: .json)
                _ = try await table.read(StockTableQuery(skus: ["mug"]))
                Issue.record("what is not JSON was read")
            } catch {
                guard case .notApplied(let failure) = error else { throw error }
                #expect(failure.code == .unreadable && !error.isRetriable)
            }
        }
    }
}
#endif
