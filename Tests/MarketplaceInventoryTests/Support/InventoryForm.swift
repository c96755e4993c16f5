import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Testing

/// The forms of an inventory that every scenario is run against.
enum InventoryForm: String, CaseIterable, CustomTestStringConvertible {
    case inMemory
    case onStore
    case onFaultyStore
    case locked
    case lockedLosing
    case lockedUncertain

    var testDescription: String { rawValue }

    func make(seed: UInt64 = 1) -> any InventoryStore {
        switch self {
        case .inMemory: InMemoryInventory()
        case .onStore: StoreInventory(store: InMemoryStore(), codec: .json)
        case .onFaultyStore:
            StoreInventory(store: FaultInjectingStore.uncertain(oneIn: 3, seed: seed), codec: .json)
        case .locked: LockedInventory.patient(on: InMemoryStockTable(), InMemoryLockProvider())
        case .lockedLosing:
            LockedInventory.patient(
                on: HookedStockTable(InMemoryStockTable(), afterRead: { await Task.yield() }),
                LosingLockProvider(InMemoryLockProvider(), oneIn: 3, seed: seed)
            )
        case .lockedUncertain:
            LockedInventory.patient(
                on: HookedStockTable.uncertain(InMemoryStockTable(), oneIn: 3, seed: seed),
                InMemoryLockProvider()
            )
        }
    }
}

extension FaultInjectingStore {
    /// An in-memory store whose commits now and then end as unknown, and whose reads let others go first.
    static func uncertain(oneIn odds: Int, seed: UInt64) -> FaultInjectingStore {
        FaultInjectingStore(
            InMemoryStore(),
            rule: uncertainty(oneIn: odds, seed: seed),
            afterRead: { await Task.yield() }
        )
    }
}

extension LockedInventory {
    /// An inventory that waits and tries for so long that a crowd of callers on a busy machine is served.
    static func patient(on table: any StockTable, _ locks: any LockProvider) -> LockedInventory {
        LockedInventory(
            table: table,
            locks: locks,
            configuration: Configuration(wait: .seconds(300), maximumAttempts: 100)
        )
    }
}

extension Timestamp {
    /// A time of a scenario: so many seconds after its beginning.
    static func second(_ seconds: Int64) -> Timestamp {
        Timestamp(microsecondsSinceEpoch: 1_767_225_600_000_000 + seconds * 1_000_000)
    }
}

extension ReservationID {
    static func number(_ number: Int) -> ReservationID { ReservationID(bits: UInt128(number)) }
}

extension InventoryStore {
    /// Takes in stock under an id that follows from the SKU.
    func stock(_ sku: SKU, _ quantity: Quantity) async throws {
        let id = MovementID(bits: sku.text.utf8.reduce(1) { $0 << 8 | UInt128($1) })
        try await record(StockChange.restock(id: id, sku: sku, quantity: quantity, at: .second(0)))
    }

    /// Reserves at a second, for a minute unless told otherwise.
    @discardableResult
    func reserve(
        _ number: Int,
        _ lines: ReservationLines,
        member: MemberKey = "ann",
        at second: Int64 = 1,
        until deadline: Int64? = nil
    ) async throws(InventoryError) -> Reservation {
        try await reserve(
            ReservationRequest(
                id: .number(number),
                lines: lines,
                member: member,
                reference: "order-7",
                deadline: .second(deadline ?? second + 60),
                at: .second(second)
            )
        )
    }

    /// All movements there are, read in pages.
    func allMovements(pageSize: Int = 100) async throws -> [StockMovement] {
        var movements: [StockMovement] = []
        var cursor = MovementCursor.start
        while true {
            let slice = try await self.movements(after: cursor, limit: pageSize)
            if slice.movements.isEmpty { return movements }
            movements += slice.movements
            cursor = slice.next
        }
    }

    /// All open reservations, read in pages.
    func allOpenReservations(pageSize: Int = 100) async throws -> [Reservation] {
        var reservations: [Reservation] = []
        var last: ReservationID?
        repeat {
            let slice = try await openReservations(after: last, limit: pageSize)
            reservations += slice.reservations
            last = slice.next
        } while last != nil
        return reservations
    }

    /// The figures of a level, for comparison in one line: on hand, held, allocated.
    func figures(_ sku: SKU) async throws -> [Int64]? {
        try await stock(of: sku).map { [$0.onHand, $0.held, $0.allocated] }
    }
}

/// The refusal that `body` ends in; nil when it succeeds.
func refusal(
    _ body: () async throws(InventoryError) -> Void
) async throws -> InventoryRefusal? {
    do throws(InventoryError) {
        try await body()
        return nil
    } catch {
        guard let refusal = error.refusal else { throw error }
        return refusal
    }
}

/// One of many SKUs.
func sku(_ number: Int) -> SKU {
    SKU(stringLiteral: "sku-\(number)")
}

/// Makes a call again, as a caller does, while it ends as unknown.
///
/// Many callers at once can draw one caller's faults so often in a row that its own attempts run out. Every call
/// of these tests repeats harmlessly by its id.
func askingAgainWhileUnknown<Value: Sendable>(
    _ call: @Sendable () async throws(InventoryError) -> Value
) async throws(InventoryError) -> Value {
    let mostRepeats = 20
    for _ in 0..<mostRepeats {
        do throws(InventoryError) {
            return try await call()
        } catch {
            guard error.effect == .unknown else { throw error }
        }
    }
    return try await call()
}
