import Marketplace
import Synchronization

/// An inventory that a process loses, or that keeps it waiting.
///
/// From the call of that number on nothing is answered any more, and that call took effect or not; or that call takes so
/// long that others go on meanwhile.
final class DyingInventory: InventoryStore {
    private struct State {
        var calls = 0
        var isDead = false
    }

    private let base: any InventoryStore
    private let number: Int
    private let takesEffect: Bool
    private let meanwhile: (@Sendable () async -> Void)?
    private let state = Mutex(State())

    /// Dies at that change, from 1; reads are answered until then.
    init(_ base: any InventoryStore, atChange number: Int, takesEffect: Bool) {
        self.base = base
        self.number = number
        self.takesEffect = takesEffect
        meanwhile = nil
    }

    /// Lets others go on before that change, from 1.
    init(_ base: any InventoryStore, beforeChange number: Int, _ meanwhile: @escaping @Sendable () async -> Void) {
        self.base = base
        self.number = number
        takesEffect = true
        self.meanwhile = meanwhile
    }

    var isDead: Bool { state.withLock { $0.isDead } }

    private static let lost = InventoryError.failed(.unknown(StoreFailure(.unavailable, "the process is dead")))

    private func change<Answer>(
        _ body: () async throws(InventoryError) -> Answer
    ) async throws(InventoryError) -> Answer {
        let (isDead, isLast) = state.withLock { state in
            state.calls += 1
            let isLast = !state.isDead && state.calls == number
            defer { if isLast, meanwhile == nil { state.isDead = true } }
            return (state.isDead, isLast)
        }
        if isDead { throw Self.lost }
        if isLast, let meanwhile {
            await meanwhile()
            return try await body()
        }
        guard isLast else { return try await body() }
        if takesEffect { _ = try await body() }
        throw Self.lost
    }

    private func read<Answer>(
        _ body: () async throws(InventoryError) -> Answer
    ) async throws(InventoryError) -> Answer {
        if isDead { throw Self.lost }
        return try await body()
    }

    func record(_ change: StockChange) async throws(InventoryError) -> StockLevel {
        try await self.change { () async throws(InventoryError) in try await base.record(change) }
    }

    func setTerms(_ terms: SaleTerms, for sku: SKU, at time: Timestamp) async throws(InventoryError) {
        try await change { () async throws(InventoryError) in try await base.setTerms(terms, for: sku, at: time) }
    }

    func reserve(_ request: ReservationRequest) async throws(InventoryError) -> Reservation {
        try await change { () async throws(InventoryError) in try await base.reserve(request) }
    }

    func allocate(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> ReservationState {
        try await change { () async throws(InventoryError) in try await base.allocate(id, at: time) }
    }

    func allocate(
        _ units: ReservationLines,
        of id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReservationState {
        try await change { () async throws(InventoryError) in try await base.allocate(units, of: id, at: time) }
    }

    func release(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> ReleaseOutcome {
        try await change { () async throws(InventoryError) in try await base.release(id, at: time) }
    }

    func release(
        _ units: ReservationLines,
        of id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReleaseOutcome {
        try await change { () async throws(InventoryError) in try await base.release(units, of: id, at: time) }
    }

    func ship(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) {
        try await change { () async throws(InventoryError) in try await base.ship(id, at: time) }
    }

    func ship(_ units: ReservationLines, of id: ReservationID, at time: Timestamp) async throws(InventoryError) {
        try await change { () async throws(InventoryError) in try await base.ship(units, of: id, at: time) }
    }

    func extend(
        _ id: ReservationID,
        to deadline: Timestamp,
        at time: Timestamp
    ) async throws(InventoryError) -> Reservation {
        try await change { () async throws(InventoryError) in try await base.extend(id, to: deadline, at: time) }
    }

    func fillBackorders(
        of point: StockPoint,
        limit: Int,
        at time: Timestamp
    ) async throws(InventoryError) -> [Reservation] {
        try await change { () async throws(InventoryError) in
            try await base.fillBackorders(of: point, limit: limit, at: time)
        }
    }

    func expire(dueBy time: Timestamp, limit: Int) async throws(InventoryError) -> [Reservation] {
        try await change { () async throws(InventoryError) in try await base.expire(dueBy: time, limit: limit) }
    }

    func stock(of skus: [SKU]) async throws(InventoryError) -> [SKU: SKUStock] {
        try await read { () async throws(InventoryError) in try await base.stock(of: skus) }
    }

    func reservation(_ id: ReservationID) async throws(InventoryError) -> ReservationRecord? {
        try await read { () async throws(InventoryError) in try await base.reservation(id) }
    }

    func openReservations(after id: ReservationID?, limit: Int) async throws(InventoryError) -> ReservationSlice {
        try await read { () async throws(InventoryError) in try await base.openReservations(after: id, limit: limit) }
    }

    func movements(after cursor: MovementCursor, limit: Int) async throws(InventoryError) -> MovementSlice {
        try await read { () async throws(InventoryError) in try await base.movements(after: cursor, limit: limit) }
    }
}
