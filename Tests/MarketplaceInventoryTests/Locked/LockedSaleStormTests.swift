import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceStorage
import MarketplaceTestKit
import TestSupport
import Testing

/// The great sale through locks: buyers who all come at once for one SKU.
struct LockedSaleStormTests {
    /// How a sale is made harder.
    enum Trouble: String, CaseIterable, CustomTestStringConvertible {
        case none
        case lostLeases
        case lostLeasesAndAnswers

        var testDescription: String { rawValue }
    }

    @Test(arguments: Trouble.allCases)
    func everyUnitIsSoldOnceAndNoneTwice(trouble: Trouble) async throws {
        await PropertyRun.checkAsync(1) { run in
            try await Self.sale(of: 1_000, to: PropertyRun.whole(10_000, reducedTo: 2_500), with: trouble, run)
        }
    }

    private static func sale(
        of units: Int,
        to buyerCount: Int,
        with trouble: Trouble,
        _ run: PropertyRun
    ) async throws {
        let replay = run.replay
        let base = InMemoryStockTable()
        let locks = LosingLockProvider(InMemoryLockProvider(), oneIn: 4, seed: run.seed)
        let table = HookedStockTable.uncertain(base, oneIn: 10, seed: run.seed)
        let inventory =
            switch trouble {
            case .none: LockedInventory.patient(on: base, InMemoryLockProvider())
            case .lostLeases:
                LockedInventory.patient(
                    on: HookedStockTable(base, afterRead: { await Task.yield() }),
                    locks
                )
            case .lostLeasesAndAnswers: LockedInventory.patient(on: table, locks)
            }
        try await inventory.stock("ticket", .units(units))
        let answers = try await withThrowingTaskGroup(of: InventoryRefusal?.self) { group in
            for number in 1...buyerCount {
                group.addTask { try await Self.answer(to: number, of: inventory) }
            }
            return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        let soldOut = InventoryRefusal.insufficientStock("ticket", requested: 1, available: 0)
        #expect(answers == [nil: units, soldOut: buyerCount - units], replay)
        #expect(try await inventory.figures("ticket") == [Int64(units), Int64(units), 0], replay)
        #expect(try await inventory.auditViolations() == [], replay)
        if trouble != .none { #expect(locks.lostCount > buyerCount / 8, replay) }
        if trouble == .lostLeasesAndAnswers { #expect(table.firedCount > units / 20, replay) }
    }

    private static func answer(
        to number: Int,
        of inventory: LockedInventory
    ) async throws -> InventoryRefusal? {
        let member = MemberKey(stringLiteral: "member-\(number)")
        return try await refusal { () async throws(InventoryError) in
            try await askingAgainWhileUnknown { () async throws(InventoryError) in
                _ = try await inventory.reserve(number, [ReservationLine("ticket", .one)], member: member)
            }
        }
    }
}
