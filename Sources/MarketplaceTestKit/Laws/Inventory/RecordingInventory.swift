import MarketplaceCore
import MarketplaceInventory

/// An inventory that notes every call and its outcome in the history of a law, and makes a call again whose outcome is
/// unknown, as every caller does.
struct RecordingInventory: InventoryStore {
    /// How often a call is made again: far more often than any inventory fails to answer in a row.
    private static let mostRepeats = 100

    private let base: any InventoryStore
    private let history: LawHistory
    /// Whether a call is made again that was given up because of others too.
    private let isAmongOthers: Bool

    init(_ base: any InventoryStore, history: LawHistory, isAmongOthers: Bool = false) {
        self.base = base
        self.history = history
        self.isAmongOthers = isAmongOthers
    }

    private func noting<Answer>(
        _ call: @autoclosure () -> String,
        _ summary: (Answer) -> String,
        _ body: () async throws(InventoryError) -> Answer
    ) async throws(InventoryError) -> Answer {
        var repeats = 0
        while true {
            let tick = history.begin()
            do throws(InventoryError) {
                let answer = try await body()
                history.end(tick, "\(call()) → \(summary(answer))")
                return answer
            } catch {
                history.end(tick, "\(call()) → \(error)")
                repeats += 1
                let isWorthARepeat = error.effect == .unknown || isAmongOthers && error.isRetriable
                guard isWorthARepeat, repeats <= Self.mostRepeats else { throw error }
                await Task.yield()
            }
        }
    }

    func record(_ change: StockChange) async throws(InventoryError) -> StockLevel {
        try await noting("record \(change.summary)", \.summary) { () async throws(InventoryError) in
            try await base.record(change)
        }
    }

    func setTerms(_ terms: SaleTerms, for sku: SKU, at time: Timestamp) async throws(InventoryError) {
        try await noting("terms of \(sku.short) at \(time): \(terms)") {
            "set"
        } _: { () async throws(InventoryError) in
            try await base.setTerms(terms, for: sku, at: time)
        }
    }

    func reserve(_ request: ReservationRequest) async throws(InventoryError) -> Reservation {
        try await noting("reserve \(request.summary)", \.summary) { () async throws(InventoryError) in
            try await base.reserve(request)
        }
    }

    func allocate(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> ReservationState {
        try await noting("allocate \(id) at \(time)", \.rawValue) { () async throws(InventoryError) in
            try await base.allocate(id, at: time)
        }
    }

    func allocate(
        _ units: ReservationLines,
        of id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReservationState {
        try await noting("allocate \(units.summary) of \(id) at \(time)", \.rawValue) {
            () async throws(InventoryError) in
            try await base.allocate(units, of: id, at: time)
        }
    }

    func release(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> ReleaseOutcome {
        try await noting("release \(id) at \(time)", { "\($0)" }) { () async throws(InventoryError) in
            try await base.release(id, at: time)
        }
    }

    func release(
        _ units: ReservationLines,
        of id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReleaseOutcome {
        try await noting("release \(units.summary) of \(id) at \(time)", { "\($0)" }) {
            () async throws(InventoryError) in
            try await base.release(units, of: id, at: time)
        }
    }

    func ship(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) {
        try await noting("ship \(id) at \(time)", { "shipped" }) { () async throws(InventoryError) in
            try await base.ship(id, at: time)
        }
    }

    func ship(_ units: ReservationLines, of id: ReservationID, at time: Timestamp) async throws(InventoryError) {
        try await noting("ship \(units.summary) of \(id) at \(time)", { "shipped" }) {
            () async throws(InventoryError) in
            try await base.ship(units, of: id, at: time)
        }
    }

    func extend(
        _ id: ReservationID,
        to deadline: Timestamp,
        at time: Timestamp
    ) async throws(InventoryError) -> Reservation {
        try await noting("extend \(id) to \(deadline) at \(time)", \.summary) { () async throws(InventoryError) in
            try await base.extend(id, to: deadline, at: time)
        }
    }

    func fillBackorders(
        of point: StockPoint,
        limit: Int,
        at time: Timestamp
    ) async throws(InventoryError) -> [Reservation] {
        try await noting("fill \(point.short), at most \(limit), at \(time)", Reservation.summary) {
            () async throws(InventoryError) in
            try await base.fillBackorders(of: point, limit: limit, at: time)
        }
    }

    func expire(dueBy time: Timestamp, limit: Int) async throws(InventoryError) -> [Reservation] {
        try await noting("expire by \(time), at most \(limit)", Reservation.summary) {
            () async throws(InventoryError) in
            try await base.expire(dueBy: time, limit: limit)
        }
    }

    func stock(of skus: [SKU]) async throws(InventoryError) -> [SKU: SKUStock] {
        try await noting("stock of \(skus.prefix(4).map(\.short))", SKUStock.summary) {
            () async throws(InventoryError) in
            try await base.stock(of: skus)
        }
    }

    func reservation(_ id: ReservationID) async throws(InventoryError) -> ReservationRecord? {
        try await noting("reservation \(id)", { $0.map { "\($0.state)" } ?? "none" }) {
            () async throws(InventoryError) in
            try await base.reservation(id)
        }
    }

    func openReservations(after id: ReservationID?, limit: Int) async throws(InventoryError) -> ReservationSlice {
        try await noting("open after \(id.map { "\($0)" } ?? "none"), at most \(limit)") { slice in
            "\(Reservation.summary(slice.reservations)), \(slice.next == nil ? "last page" : "more to come")"
        } _: { () async throws(InventoryError) in
            try await base.openReservations(after: id, limit: limit)
        }
    }

    func movements(after cursor: MovementCursor, limit: Int) async throws(InventoryError) -> MovementSlice {
        try await noting("movements after \(cursor.marks.prefix(4)), at most \(limit)") { slice in
            let shown = slice.movements.prefix(6).map { "\($0.kind) of \($0.sku.short)" }
            return "\(slice.movements.count) \(shown), missed \(slice.missedCount)"
        } _: { () async throws(InventoryError) in
            try await base.movements(after: cursor, limit: limit)
        }
    }
}
