import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

/// A table that notes every call and its outcome in the history of a law.
struct RecordingStockTable: StockTable {
    private let base: any StockTable
    private let history: LawHistory
    private let name: String

    /// A table whose calls are noted under the name of its connection.
    init(_ base: any StockTable, history: LawHistory, name: String) {
        self.base = base
        self.history = history
        self.name = name
    }

    func read(_ query: StockTableQuery) async throws(StockTableError) -> StockTableRows {
        try await recording("read \(query.summary)", \.summary) { () async throws(StockTableError) in
            try await base.read(query)
        }
    }

    func write(_ write: StockTableWrite) async throws(StockTableError) {
        try await recording("write \(write.summary)", { "done" }) { () async throws(StockTableError) in
            try await base.write(write)
        }
    }

    func reservations(dueBy time: Timestamp, limit: Int) async throws(StockTableError) -> [ReservationBook] {
        try await recording("due by \(time), at most \(limit)", \.summary) { () async throws(StockTableError) in
            try await base.reservations(dueBy: time, limit: limit)
        }
    }

    func openReservations(
        after id: ReservationID?,
        limit: Int
    ) async throws(StockTableError) -> [ReservationBook] {
        let start = id.map { "\($0)" } ?? "the start"
        return try await recording("open after \(start), at most \(limit)", \.summary) {
            () async throws(StockTableError) in
            try await base.openReservations(after: id, limit: limit)
        }
    }

    func reservations(
        awaiting point: StockPoint,
        limit: Int
    ) async throws(StockTableError) -> [ReservationBook] {
        try await recording("awaiting \(point), at most \(limit)", \.summary) { () async throws(StockTableError) in
            try await base.reservations(awaiting: point, limit: limit)
        }
    }

    func movements(after cursor: MovementCursor, limit: Int) async throws(StockTableError) -> MovementSlice {
        try await recording("movements after \(cursor.marks), at most \(limit)", \.summary) {
            () async throws(StockTableError) in
            try await base.movements(after: cursor, limit: limit)
        }
    }

    func forget(endedBy time: Timestamp, limit: Int) async throws(StockTableError) {
        try await recording("forget what ended by \(time), at most \(limit)", { "done" }) {
            () async throws(StockTableError) in
            try await base.forget(endedBy: time, limit: limit)
        }
    }

    private func recording<Value>(
        _ call: String,
        _ summary: (Value) -> String,
        _ body: () async throws(StockTableError) -> Value
    ) async throws(StockTableError) -> Value {
        let tick = history.begin()
        do throws(StockTableError) {
            let value = try await body()
            history.end(tick, "\(name): \(call) → \(summary(value))")
            return value
        } catch {
            history.end(tick, "\(name): \(call) → \(error)")
            throw error
        }
    }
}

extension Collection {
    /// How many there are, and the first few.
    fileprivate func counted(_ what: String, _ text: (Element) -> String) -> String? {
        isEmpty ? nil : "\(count) \(what) [\(prefix(4).map(text).joined(separator: ", "))\(count > 4 ? ", …" : "")]"
    }
}

extension StockTableQuery {
    fileprivate var summary: String {
        let parts = [
            fences.counted("fences", \.text), skus.counted("items", \.text), points.counted("levels", \.description),
            counts.counted("counts") { "\($0.sku) of \($0.member)" },
            reservations.counted("reservations", \.description), changes.counted("changes", \.description),
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }
}

extension StockTableRows {
    /// What was found, in a line.
    var summary: String {
        let parts = [
            fences.sorted { $0.key < $1.key }.counted("fences") { "\($0.key) at \($0.value)" },
            items.keys.sorted().counted("items", \.text),
            levels.values.sorted { $0.point < $1.point }
                .counted("levels", \.summary),
            counts.values.sorted { $0.key < $1.key }.counted("counts", \.summary),
            reservations.values.sorted { $0.id < $1.id }.counted("reservations", \.summary),
            changes.keys.sorted().counted("changes", \.description),
        ]
        let text = parts.compactMap { $0 }.joined(separator: ", ")
        return text.isEmpty ? "nothing" : text
    }
}

extension StockTableWrite {
    /// What is written, in a line.
    var summary: String {
        let parts = [
            fences.counted("fences") { "\($0.key) from \($0.seen.map { "\($0)" } ?? "none") to \($0.token)" },
            items.counted("items", \.sku.text), levels.counted("levels", \.summary),
            counts.counted("counts", \.summary), reservations.counted("reservations", \.summary),
            changes.counted("changes", \.id.description), movements.counted("movements", \.id.description),
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }
}

extension StockLevelRow {
    fileprivate var summary: String { "\(point): \(units.onHand)" }
}

extension MemberCountRow {
    fileprivate var summary: String { "\(key.sku) of \(key.member): \(units)" }
}

extension ReservationBook {
    fileprivate var summary: String {
        let times = [dueAt.map { "due \($0)" }, endedAt.map { "ended \($0)" }].compactMap { $0 }
        let points = awaitedPoints.isEmpty ? [] : ["awaiting \(awaitedPoints.map(\.description)) since \(reservedAt)"]
        return (["\(id) \(state)"] + times + points).joined(separator: " ")
    }
}

extension [ReservationBook] {
    fileprivate var summary: String { counted("reservations", \.summary) ?? "none" }
}

extension MovementSlice {
    fileprivate var summary: String {
        "\(movements.counted("movements", \.id.description) ?? "none"), next \(next.marks), \(missedCount) missed"
    }
}
