import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// The great sale through locks: buyers who all come at once for one SKU.
struct LockedSaleTests {
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
            try await Self.sale(of: 1_000, to: 10_000, with: trouble, run)
        }
    }

    private static func sale(
        of units: Int,
        to buyerCount: Int,
        with trouble: Trouble,
        _ run: PropertyRun
    ) async throws {
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
        let refused = Mutex(0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...buyerCount {
                group.addTask {
                    let answer = try await refusal { () async throws(InventoryError) in
                        try await askingAgainWhileUnknown { () async throws(InventoryError) in
                            let member = MemberKey(stringLiteral: "member-\(number)")
                            _ = try await inventory.reserve(number, [ReservationLine("ticket", .one)], member: member)
                        }
                    }
                    guard let answer else { return }
                    refused.withLock { $0 += 1 }
                    #expect(answer == .insufficientStock("ticket", requested: 1, available: 0), run.replay)
                }
            }
            try await group.waitForAll()
        }
        #expect(refused.withLock { $0 } == buyerCount - units, run.replay)
        #expect(try await inventory.figures("ticket") == [Int64(units), Int64(units), 0], run.replay)
        #expect(try await inventory.auditViolations() == [], run.replay)
        if trouble != .none { #expect(locks.lostCount > buyerCount / 8, run.replay) }
        if trouble == .lostLeasesAndAnswers { #expect(table.firedCount > units / 20, run.replay) }
    }
}
