import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

/// What a law of ``StockTable`` works with: connections whose calls are noted, and rows to write.
struct StockTableProbe: Sendable {
    /// The table under the law.
    let table: any StockTable
    private let site: StockTableSite
    private let history: LawHistory

    /// A probe of a table.
    init(_ site: StockTableSite, history: LawHistory) async throws {
        self.site = site
        self.history = history
        table = RecordingStockTable(try await site.connect(), history: history, name: "1")
    }

    /// The table as another process has it; its calls are noted under a name.
    func connect(as name: String) async throws -> any StockTable {
        RecordingStockTable(try await site.connect(), history: history, name: name)
    }

    /// The table after every process was started anew.
    func restart() async throws -> any StockTable {
        let tick = history.begin()
        let table = try await site.restart()
        history.end(tick, "every process is started anew")
        return RecordingStockTable(table, history: history, name: "new")
    }

    /// A moment: so many microseconds after one that all laws have in common.
    static func time(_ microseconds: Int64) -> Timestamp {
        Timestamp(microsecondsSinceEpoch: 1_767_225_600_123_456 + microseconds)
    }

    /// A movement of one unit that is told from others by its number.
    static func movement(_ number: Int, at time: Timestamp = time(0)) -> StockMovement {
        StockMovement(
            id: MovementID(bits: UInt128(number + 1)),
            sku: "law",
            location: number.isMultiple(of: 2) ? .main : "depot",
            kind: number.isMultiple(of: 3) ? .restock : .transferIn,
            deltas: StockDeltas(onHand: 1, held: Int64(-number)),
            reservation: number.isMultiple(of: 5) ? nil : ReservationID(bits: UInt128(number)),
            reference: number.isMultiple(of: 7) ? nil : "order-7",
            time: time
        )
    }

    /// A level with so many units on hand.
    static func level(_ sku: SKU, _ units: Int) -> StockLevelRow {
        StockLevelRow(StockPoint(sku), StockDeltas(onHand: Int64(units)))
    }

    /// Demands that a write is refused for one of these fences.
    func refuse(_ write: StockTableWrite, for keys: FenceKey..., by table: (any StockTable)? = nil) async throws {
        do throws(StockTableError) {
            try await (table ?? self.table).write(write)
        } catch {
            guard case .staleFence(let key) = error, keys.contains(key) else {
                throw LawBreach(expected: "a stale fence of \(keys.map(\.text))", found: "\(error)")
            }
            return
        }
        throw LawBreach(expected: "a stale fence of \(keys.map(\.text))", found: "the write was applied")
    }

    /// Demands that these rows are found.
    func demand(_ rows: StockTableRows, _ query: StockTableQuery, _ what: String) async throws {
        let found = try await table.read(query)
        try LawBreach.unless(found == rows, "\(what): \(rows.summary)", found: found.difference(from: rows))
    }

    /// Reads all movements after a cursor, page by page, until there are so many or patience ends.
    ///
    /// A table may hold movements back for as long as somebody else's transaction is under way.
    func movements(
        of other: (any StockTable)? = nil,
        after cursor: MovementCursor = .start,
        count: Int,
        limit: Int = 7
    ) async throws -> (movements: [StockMovement], next: MovementCursor) {
        let table = other ?? self.table
        let deadline = ContinuousClock.now + StoreLaws.feedPatience
        var (movements, next): ([StockMovement], MovementCursor) = ([], cursor)
        while true {
            let slice = try await table.movements(after: next, limit: limit)
            let found = slice.movements.count
            try LawBreach.unless(found <= limit, "at most \(limit) movements", found: "\(found)")
            try LawBreach.unlessEqual(slice.missedCount, 0, "how many movements were forgotten")
            movements += slice.movements
            next = slice.next
            try LawBreach.unless(movements.count <= count, "\(count) movements", found: "\(movements.count) and more")
            guard slice.movements.isEmpty else { continue }
            if movements.count == count || ContinuousClock.now >= deadline { return (movements, next) }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Demands that these are all movements after a cursor, and returns where they end.
    @discardableResult
    func demand(
        _ movements: [StockMovement],
        of other: (any StockTable)? = nil,
        after cursor: MovementCursor = .start,
        limit: Int = 7,
        _ what: String
    ) async throws -> MovementCursor {
        let found = try await self.movements(of: other, after: cursor, count: movements.count, limit: limit)
        let expected = movements.map { "\($0.id)" }
        try LawBreach.unlessEqual(found.movements.map { "\($0.id)" }, expected, what)
        for (movement, row) in zip(movements, found.movements) {
            try LawBreach.unlessEqual(row, movement, "\(what), as they were written")
        }
        return found.next
    }
}

extension StockTableRows {
    /// What is found here and differs from the rows that were expected.
    fileprivate func difference(from expected: StockTableRows) -> String {
        var rest = self
        rest.fences = fences.filter { expected.fences[$0.key] != $0.value }
        rest.items = items.filter { expected.items[$0.key] != $0.value }
        rest.levels = levels.filter { expected.levels[$0.key] != $0.value }
        rest.counts = counts.filter { expected.counts[$0.key] != $0.value }
        rest.reservations = reservations.filter { expected.reservations[$0.key] != $0.value }
        rest.changes = changes.filter { expected.changes[$0.key] != $0.value }
        return rest == StockTableRows() ? "\(summary): rows are missing" : "others: \(rest.summary)"
    }
}

extension Law where Subject == StockTableSite {
    /// Makes a law whose body works with a probe.
    init(
        _ name: String,
        _ statement: String,
        probing body: @escaping @Sendable (StockTableProbe) async throws -> Void
    ) {
        self.init(name, statement) { site, history in
            try await body(StockTableProbe(site, history: history))
        }
    }
}
