import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage
import Synchronization

/// A table whose writes end as a rule says, and that lets others go first after a read.
final class HookedStockTable: StockTable {
    /// What becomes of a write.
    enum Fault: Sendable {
        /// It is applied, and nobody hears of it.
        case loseAnswer
        /// It does not arrive, and nobody hears of that.
        case loseRequest
        /// It does not arrive, and that is known.
        case refuse
    }

    private let base: any StockTable
    private let afterRead: @Sendable () async -> Void
    private let beforeWrite: @Sendable (StockTableWrite) async -> Void
    private let rule: @Sendable () -> Fault?
    private let fired = Mutex(0)

    init(
        _ base: any StockTable,
        afterRead: @escaping @Sendable () async -> Void = {},
        beforeWrite: @escaping @Sendable (StockTableWrite) async -> Void = { _ in },
        rule: @escaping @Sendable () -> Fault? = { nil }
    ) {
        self.base = base
        self.afterRead = afterRead
        self.beforeWrite = beforeWrite
        self.rule = rule
    }

    /// How many writes did not end as they should have.
    var firedCount: Int { fired.withLock { $0 } }

    /// Writes of which one in so many gets an unknown outcome, as often applied as not.
    static func uncertain(_ base: any StockTable, oneIn odds: UInt64, seed: UInt64) -> HookedStockTable {
        let generator = Mutex(SeededGenerator(seed: seed))
        let rule: @Sendable () -> Fault? = {
            switch generator.withLock({ $0.next(through: 2 * odds - 1) }) {
            case 0: .loseAnswer
            case 1: .loseRequest
            default: nil
            }
        }
        return HookedStockTable(base, afterRead: { await Task.yield() }, rule: rule)
    }

    func read(_ query: StockTableQuery) async throws(StockTableError) -> StockTableRows {
        let rows = try await base.read(query)
        await afterRead()
        return rows
    }

    func write(_ write: StockTableWrite) async throws(StockTableError) {
        await beforeWrite(write)
        let fault = rule()
        if fault != nil { fired.withLock { $0 += 1 } }
        switch fault {
        case nil: try await base.write(write)
        case .loseAnswer:
            try await base.write(write)
            throw .unknown(StoreFailure(.timedOut, "the answer was lost"))
        case .loseRequest: throw .unknown(StoreFailure(.timedOut, "the request was lost"))
        case .refuse: throw .notApplied(StoreFailure(.unavailable, "the table is closed"))
        }
    }

    func reservations(dueBy time: Timestamp, limit: Int) async throws(StockTableError) -> [ReservationBook] {
        try await base.reservations(dueBy: time, limit: limit)
    }

    func openReservations(
        after id: ReservationID?,
        limit: Int
    ) async throws(StockTableError) -> [ReservationBook] {
        try await base.openReservations(after: id, limit: limit)
    }

    func reservations(
        awaiting point: StockPoint,
        limit: Int
    ) async throws(StockTableError) -> [ReservationBook] {
        try await base.reservations(awaiting: point, limit: limit)
    }

    func movements(after cursor: MovementCursor, limit: Int) async throws(StockTableError) -> MovementSlice {
        try await base.movements(after: cursor, limit: limit)
    }

    func forget(endedBy time: Timestamp, limit: Int) async throws(StockTableError) {
        try await base.forget(endedBy: time, limit: limit)
    }
}
