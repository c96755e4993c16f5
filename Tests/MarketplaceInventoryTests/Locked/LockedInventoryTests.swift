import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

@testable import MarketplaceInventory

/// What only the form that is kept by locks has.
struct LockedInventoryTests {
    private static let hasty = LockedInventory.Configuration(wait: .zero, maximumAttempts: 3)

    @Test func aKeyThatStaysBusyIsContentionAndNoRefusal() async throws {
        let (table, locks) = (InMemoryStockTable(), InMemoryLockProvider())
        let inventory = LockedInventory(table: table, locks: locks, configuration: Self.hasty)
        try await inventory.stock("mug", .units(5))
        let held = try await locks.acquire(LockKeys("inventory:mug"), lease: .seconds(60), wait: .zero)
        let error = await #expect(throws: InventoryError.contended(attempts: 3)) {
            try await inventory.reserve(1, [ReservationLine("mug", .one)])
        }
        #expect(error?.effect == .notApplied)
        try await held.lease?.release()
        try await inventory.reserve(1, [ReservationLine("mug", .one)])
        #expect(locks.residue == 0)
    }

    @Test func aProviderWhoseTokensBeganAnewIsRefused() async throws {
        let table = InMemoryStockTable()
        let before = InMemoryLockProvider(firstToken: 1_000)
        try await LockedInventory(table: table, locks: before).stock("mug", .units(5))
        let inventory = LockedInventory(table: table, locks: InMemoryLockProvider(), configuration: Self.hasty)
        await #expect(throws: InventoryError.contended(attempts: 3)) {
            try await inventory.reserve(1, [ReservationLine("mug", .one)])
        }
        #expect(try await inventory.figures("mug") == [5, 0, 0])
    }

    @Test func aCallTakesOneLeaseOnItsSKUsAndASlotOfItsID() async throws {
        let locks = RecordingLockProvider(InMemoryLockProvider())
        let inventory = LockedInventory(table: InMemoryStockTable(), locks: locks)
        for name in ["pen", "mug"] as [SKU] { try await inventory.stock(name, .units(5)) }
        locks.clear()
        try await inventory.reserve(1, [ReservationLine("pen", .one), ReservationLine("mug", .one)])
        let slot = LockedKeys.slot(of: ReservationID.number(1).bits)
        let all = [FenceKey(unchecked: "inventory#\(slot)"), "inventory:mug", "inventory:pen"]
        #expect(locks.acquired == [all])
        try await inventory.allocate(.number(1), at: .second(2))
        #expect(locks.acquired == [all, all])
    }

    @Test func aCallThatChangesNothingTakesNoLease() async throws {
        let locks = RecordingLockProvider(InMemoryLockProvider())
        let inventory = LockedInventory(table: InMemoryStockTable(), locks: locks)
        try await inventory.stock("mug", .units(5))
        try await inventory.reserve(1, [ReservationLine("mug", .one)])
        try await inventory.allocate(.number(1), at: .second(2))
        locks.clear()
        #expect(try await inventory.allocate(.number(1), at: .second(3)) == .allocated)
        #expect(try await inventory.extend(.number(1), to: .second(90), at: .second(3)).deadline == .second(61))
        let unknown = try await refusal { () async throws(InventoryError) in
            try await inventory.ship(.number(2), at: .second(3))
        }
        #expect(unknown == .unknownReservation(.number(2)))
        #expect(locks.acquired == [])
    }

    @Test func theLargestReservationFitsOneLease() async throws {
        let inventory = LockedInventory.patient(on: InMemoryStockTable(), InMemoryLockProvider())
        let lines = (0..<InventoryLimits.linesPerReservation).map { ReservationLine(sku($0), .one) }
        for line in lines { try await inventory.stock(line.sku, .one) }
        try await inventory.reserve(1, ReservationLines(lines))
        try await inventory.expire(dueBy: .second(1_000), limit: 1)
        #expect(try await inventory.figures(sku(999)) == [1, 0, 0])
        #expect(try await inventory.auditViolations() == [])
    }

    @Test func anIDHasOneSlotForEverybodyAndIDsHaveMany() {
        #expect(LockedKeys.slot(of: 0) == 0)
        #expect(LockedKeys.slot(of: 1) == 441)
        let consecutive = Set((0..<10_000 as Range<UInt128>).map { LockedKeys.slot(of: $0 << 64 | 7) })
        #expect(consecutive.count > 1_000)
        #expect(consecutive.allSatisfy { (0..<LockedKeys.slotCount).contains($0) })
    }

    @Test func whatIsPastItsRetentionIsForgottenByASweep() async throws {
        let inventory = LockedInventory(table: InMemoryStockTable(), locks: InMemoryLockProvider())
        try await inventory.stock("mug", .units(10))
        try await inventory.reserve(1, [ReservationLine("mug", .one)])
        try await inventory.release(.number(1), at: .second(2))
        try await inventory.reserve(2, [ReservationLine("mug", .one)])
        try await inventory.allocate(.number(2), at: .second(2))
        let day: Int64 = 24 * 60 * 60
        try await inventory.expire(dueBy: .second(1 + day), limit: 10)
        #expect(try await inventory.reservation(.number(1))?.state == .released)
        try await inventory.expire(dueBy: .second(2 + day), limit: 10)
        #expect(try await inventory.reservation(.number(1)) == nil)
        #expect(try await inventory.reservation(.number(2))?.state == .allocated)
    }
}

/// Writes down which keys leases were asked for.
private final class RecordingLockProvider: LockProvider {
    private let base: any LockProvider
    private let asked = Mutex<[[FenceKey]]>([])

    init(_ base: any LockProvider) {
        self.base = base
    }

    var acquired: [[FenceKey]] { asked.withLock { $0 } }

    func clear() { asked.withLock { $0 = [] } }

    func acquire(_ keys: LockKeys, lease: Duration, wait: Duration) async throws(LockError) -> LockOutcome {
        asked.withLock { $0.append(keys.sorted) }
        return try await base.acquire(keys, lease: lease, wait: wait)
    }
}
