import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceStorage
import MarketplaceTestKit
import TestSupport

/// What every table must do, as checks of one that is empty.
enum StockTableContract: String, CaseIterable, Sendable {
    case whatIsNotThereIsMissing
    case rowsAreReplacedByTheirKey
    case aStaleFenceRefusesTheWholeWrite
    case aFenceComparesWhatWasSeenNotWhatIsHigher
    case fencesOutliveWhatIsForgotten
    case oneOfManyWritersWithOneFenceIsApplied
    case reservationsAreFoundByWhereTheyStand
    case reservationsThatWaitAreInTheOrderTheyCame
    case movementsArePagedInTheirOrder
    case whatEndedIsForgottenAndNothingElse

    /// What the table does wrong.
    func violations(of table: any StockTable) async throws -> [String] {
        var violations: [String] = []
        func expect(_ isTrue: Bool, _ what: String) {
            if !isTrue { violations.append("\(self): \(what)") }
        }
        switch self {
        case .whatIsNotThereIsMissing: try await checkAbsence(table, expect)
        case .rowsAreReplacedByTheirKey: try await checkRows(table, expect)
        case .aStaleFenceRefusesTheWholeWrite: try await checkAtomicity(table, expect)
        case .aFenceComparesWhatWasSeenNotWhatIsHigher: try await checkSeen(table, expect)
        case .fencesOutliveWhatIsForgotten: try await checkFences(table, expect)
        case .oneOfManyWritersWithOneFenceIsApplied: try await checkRace(table, expect)
        case .reservationsAreFoundByWhereTheyStand: try await checkQueries(table, expect)
        case .reservationsThatWaitAreInTheOrderTheyCame: try await checkAwaiting(table, expect)
        case .movementsArePagedInTheirOrder: try await checkMovements(table, expect)
        case .whatEndedIsForgottenAndNothingElse: try await checkForgetting(table, expect)
        }
        return violations
    }

    private typealias Expect = (Bool, String) -> Void

    private func checkAbsence(_ table: any StockTable, _ expect: Expect) async throws {
        let query = StockTableQuery(
            fences: ["inventory:mug"],
            skus: ["mug"],
            points: [StockPoint("mug")],
            counts: [MemberCountKey("mug", "ann")],
            reservations: [.number(1)],
            changes: [MovementID(bits: 1)]
        )
        expect(try await table.read(query) == StockTableRows(), "an empty table has rows")
        expect(try await table.read(StockTableQuery()) == StockTableRows(), "nothing was asked for")
    }

    private func checkRows(_ table: any StockTable, _ expect: Expect) async throws {
        // Composed and decomposed: two keys.
        for text in ["caf\u{e9}", "cafe\u{301}"] {
            let point = StockPoint(SKU(stringLiteral: text), at: "depot")
            let key = MemberCountKey(point.sku, "ann")
            for units in [1, 2] as [Int64] {
                let item = StockItemRow(
                    sku: point.sku,
                    terms: SaleTerms(safetyStock: SafetyStock(units)),
                    limitGeneration: units,
                    lastLimitGeneration: units,
                    locations: ["depot"]
                )
                try await table.write(
                    StockTableWrite(
                        items: [item],
                        levels: [StockLevelRow(point, StockDeltas(onHand: units, held: -units))],
                        counts: [MemberCountRow(key, limitGeneration: 1, units: units)]
                    )
                )
                let rows = try await table.read(StockTableQuery(skus: [point.sku], points: [point], counts: [key]))
                expect(rows.items == [point.sku: item], "the item")
                expect(rows.levels[point]?.units == StockDeltas(onHand: units, held: -units), "the level")
                expect(rows.counts[key]?.units == units, "the count")
            }
        }
        let both = try await table.read(StockTableQuery(skus: ["caf\u{e9}", "cafe\u{301}"]))
        expect(both.items.count == 2, "keys are bytes")
    }

    private func checkAtomicity(_ table: any StockTable, _ expect: Expect) async throws {
        try await table.write(StockTableWrite(fences: [StockFence("inventory:mug", seen: nil, token: .init(5))]))
        let pen = StockLevelRow(StockPoint("pen"), StockDeltas(onHand: 1))
        let stale = StockTableWrite(
            fences: [
                StockFence("inventory:pen", seen: nil, token: .init(9)),
                StockFence("inventory:mug", seen: .init(4), token: .init(9)),
            ],
            levels: [pen]
        )
        let error = await Self.error { () async throws(StockTableError) in try await table.write(stale) }
        expect(error == .staleFence("inventory:mug"), "it ended as \(String(describing: error))")
        let rows = try await table.read(
            StockTableQuery(fences: ["inventory:mug", "inventory:pen"], points: [pen.point])
        )
        expect(rows == StockTableRows(fences: ["inventory:mug": .init(5)]), "something was written: \(rows)")
    }

    private func checkSeen(_ table: any StockTable, _ expect: Expect) async throws {
        let key: FenceKey = "inventory:mug"
        try await table.write(StockTableWrite(fences: [StockFence(key, seen: nil, token: .init(1))]))
        try await table.write(StockTableWrite(fences: [StockFence(key, seen: .init(1), token: .init(2))]))
        // Its token is the highest there is, and yet it has not seen what the second one wrote.
        for seen in [nil, FencingToken(1), FencingToken(3)] {
            let write = StockTableWrite(fences: [StockFence(key, seen: seen, token: .init(9))])
            let error = await Self.error { () async throws(StockTableError) in try await table.write(write) }
            expect(error == .staleFence(key), "a writer that saw \(String(describing: seen)) was let in")
        }
        expect(try await table.read(StockTableQuery(fences: [key])).fences == [key: .init(2)], "the token")
    }

    private func checkFences(_ table: any StockTable, _ expect: Expect) async throws {
        let inventory = LockedInventory(table: table, locks: InMemoryLockProvider())
        try await inventory.stock("mug", .units(2))
        try await inventory.reserve(1, [ReservationLine("mug", .one)])
        try await inventory.release(.number(1), at: .second(2))
        try await table.forget(endedBy: .second(100), limit: 10)
        let query = StockTableQuery(fences: ["inventory:mug"], reservations: [.number(1)])
        let rows = try await table.read(query)
        expect(rows.reservations.isEmpty, "the reservation was not forgotten")
        expect(rows.fences["inventory:mug"] == .init(3), "the fence is \(String(describing: rows.fences))")
    }

    private func checkRace(_ table: any StockTable, _ expect: Expect) async throws {
        let applied = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...50 as ClosedRange<UInt64> {
                group.addTask {
                    let fence = StockFence("inventory:mug", seen: nil, token: .init(number))
                    let units = StockDeltas(onHand: Int64(number))
                    let write = StockTableWrite(fences: [fence], levels: [StockLevelRow(StockPoint("mug"), units)])
                    return await Self.error { () async throws(StockTableError) in try await table.write(write) } == nil
                        ? 1 : 0
                }
            }
            return try await group.reduce(0, +)
        }
        expect(applied == 1, "\(applied) were applied")
        let rows = try await table.read(StockTableQuery(fences: ["inventory:mug"], points: [StockPoint("mug")]))
        let token = rows.fences["inventory:mug"].map { Int64($0.value) }
        expect(rows.levels[StockPoint("mug")]?.units.onHand == token, "the rows are another writer's than the fence")
    }

    static func error(
        _ body: () async throws(StockTableError) -> Void
    ) async -> StockTableError? {
        do throws(StockTableError) {
            try await body()
            return nil
        } catch {
            return error
        }
    }
}
