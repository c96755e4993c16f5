import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// Tables that fail and callers who give up, between the lock and its release.
struct LockedFaultTests {
    private let base = InMemoryStockTable()
    private let locks = InMemoryLockProvider()

    private func stocked() async throws -> LockedInventory {
        let inventory = LockedInventory(table: base, locks: locks)
        try await inventory.stock("mug", .units(5))
        return inventory
    }

    /// An inventory whose writes end as told, one after the other; those after them end well.
    private func inventory(_ faults: [HookedStockTable.Fault]) -> (LockedInventory, HookedStockTable) {
        let rest = Mutex(faults[...])
        let table = HookedStockTable(base, rule: { rest.withLock { $0.popFirst() } })
        return (LockedInventory(table: table, locks: locks), table)
    }

    @Test func anAppliedWriteWhoseAnswerWasLostIsRecognisedByItsFence() async throws {
        let sound = try await stocked()
        let (inventory, table) = inventory([.loseAnswer, .loseAnswer, .loseAnswer])
        #expect(try await inventory.reserve(1, [ReservationLine("mug", .one)]).state == .held)
        #expect(try await inventory.expire(dueBy: .second(61), limit: 10).map(\.id) == [.number(1)])
        #expect(table.firedCount == 2)
        #expect(try await sound.figures("mug") == [5, 0, 0])
        #expect(try await sound.auditViolations() == [])
    }

    @Test func aWriteThatDidNotArriveIsMadeAgain() async throws {
        let sound = try await stocked()
        let (inventory, table) = inventory([.loseRequest, .loseRequest])
        #expect(try await inventory.reserve(1, [ReservationLine("mug", .one)]).state == .held)
        #expect(table.firedCount == 2)
        #expect(try await sound.figures("mug") == [5, 1, 0])
    }

    @Test func anOutcomeThatStaysUnknownIsReportedAsThat() async throws {
        let sound = try await stocked()
        let (inventory, _) = inventory(Array(repeating: .loseRequest, count: 100))
        let error = await #expect(throws: InventoryError.self) {
            try await inventory.reserve(1, [ReservationLine("mug", .one)])
        }
        #expect(error?.effect == .unknown)
        #expect(try await sound.figures("mug") == [5, 0, 0])
    }

    @Test func aFailureAfterADoubtDoesNotLiftIt() async throws {
        _ = try await stocked()
        let (inventory, _) = inventory([.loseRequest, .refuse])
        let error = await #expect(throws: InventoryError.self) {
            try await inventory.reserve(1, [ReservationLine("mug", .one)])
        }
        #expect(error?.effect == .unknown)
        #expect(locks.residue == 0)
    }

    @Test func aWriteThatCertainlyFailedIsNotApplied() async throws {
        let sound = try await stocked()
        let (inventory, _) = inventory([.refuse])
        let error = await #expect(throws: InventoryError.self) {
            try await inventory.reserve(1, [ReservationLine("mug", .one)])
        }
        #expect(error?.effect == .notApplied)
        #expect(error?.isRetriable == true)
        #expect(locks.residue == 0)
        #expect(try await sound.figures("mug") == [5, 0, 0])
    }

    /// The write of a first attempt arrives when a second one has read: it must not count twice, nor undo anything.
    @Test func aWriteThatArrivesLateIsRefusedOrFound() async throws {
        let sound = try await stocked()
        let late = Mutex<StockTableWrite?>(nil)
        let first = Mutex(true)
        let table = base
        let delaying = HookedStockTable(
            base,
            beforeWrite: { write in
                if let delayed = late.withLock({ $0.take() }) { try? await table.write(delayed) }
                if first.withLock({ $0 }) { late.withLock { $0 = write } }
            },
            rule: {
                first.withLock { isFirst in
                    defer { isFirst = false }
                    return isFirst ? .loseRequest : nil
                }
            }
        )
        let inventory = LockedInventory(table: delaying, locks: locks)
        #expect(try await inventory.reserve(1, [ReservationLine("mug", .units(2))]).state == .held)
        #expect(late.withLock { $0 == nil })
        #expect(try await sound.figures("mug") == [5, 2, 0])
        #expect(try await sound.auditViolations() == [])
    }

    @Test func aCallerWhoGivesUpBeforeTheWriteLeavesNothingBehind() async throws {
        let sound = try await stocked()
        let clock = ManualClock()
        let table = HookedStockTable(base, afterRead: { try? await clock.sleep(for: .seconds(5)) })
        let inventory = LockedInventory(table: table, locks: locks)
        let call = Task { try await inventory.reserve(1, [ReservationLine("mug", .one)]) }
        await clock.waitForSleepers()
        call.cancel()
        let error = await #expect(throws: InventoryError.self) { try await call.value }
        #expect(error?.effect == .notApplied)
        #expect(locks.residue == 0)
        #expect(try await sound.figures("mug") == [5, 0, 0])
    }

    @Test func aCallerWhoGivesUpDuringTheWriteGetsItsAnswer() async throws {
        let sound = try await stocked()
        let clock = ManualClock()
        let table = HookedStockTable(base, beforeWrite: { _ in try? await clock.sleep(for: .seconds(5)) })
        let inventory = LockedInventory(table: table, locks: locks)
        let call = Task { try await inventory.reserve(1, [ReservationLine("mug", .one)]) }
        await clock.waitForSleepers()
        call.cancel()
        clock.advance(by: .seconds(5))
        #expect(try await call.value.state == .held)
        #expect(locks.residue == 0)
        #expect(try await sound.figures("mug") == [5, 1, 0])
    }

    @Test func aLeaseThatRanOutDuringTheReadingGivesNoAnswer() async throws {
        let clock = ManualClock()
        let locks = InMemoryLockProvider(clock: clock)
        let sound = LockedInventory(table: base, locks: locks)
        try await sound.stock("mug", .one)
        let reads = Mutex(0)
        let table = HookedStockTable(
            base,
            afterRead: {
                let isFirst = reads.withLock { reads in
                    reads += 1
                    return reads == 1
                }
                if isFirst { try? await clock.sleep(for: .seconds(11)) }
            }
        )
        let inventory = LockedInventory(table: table, locks: locks)
        let call = Task { try await inventory.reserve(1, [ReservationLine("mug", .units(2))]) }
        await clock.waitForSleepers()
        clock.advance(by: .seconds(11))
        let error = await #expect(throws: InventoryError.self) { try await call.value }
        #expect(error?.refusal == .insufficientStock("mug", requested: 2, available: 1))
        // Two attempts, each of which reads the rows, and the fences once more before it refuses.
        #expect(reads.withLock { $0 } == 4)
    }
}
