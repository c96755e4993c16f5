import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

extension StockTableLaws {
    static let movements = [movementsArePaged, noMovementComesLate]

    /// Movements come in the order they were written.
    public static let movementsArePaged = StockTableLaw(
        "movement.paging",
        "Movements come as they were written and in that order, whatever their times and ids, each once, in pages of any "
            + "size; who has read to the end finds what is written afterwards."
    ) { probe in
        try await probe.demand([], "the movements of an empty table")
        // Neither by time nor by id.
        let movements = (0..<11).map { StockTableProbe.movement(($0 * 7) % 11, at: StockTableProbe.time(Int64(-$0))) }
        var first = MovementCursor.start
        for batch in [movements[..<4], movements[4..<5], movements[5...]] {
            try await probe.table.write(StockTableWrite(movements: Array(batch)))
            if batch.startIndex == 0 { first = try await probe.demand(Array(batch), "the first movements") }
        }
        try await probe.table.write(StockTableWrite(levels: [StockTableProbe.level("law", 1)]))
        for limit in [1, 2, 3, 4, 5, 10, 11, 12, InventoryLimits.pageSize] {
            try await probe.demand(movements, limit: limit, "all movements in pages of \(limit)")
            let rest = Array(movements[4...])
            try await probe.demand(rest, after: first, limit: limit, "those after the first four in pages of \(limit)")
        }
        let end = try await probe.demand(movements, limit: 11, "all movements")
        let later = StockTableProbe.movement(50)
        try await probe.table.write(StockTableWrite(movements: [later]))
        try await probe.demand([later], after: end, "the movement after the last one that was read")
        for number in 0...movements.count {
            let cursor = try await probe.table.movements(after: .start, limit: max(1, number)).next
            let rest = Array((movements + [later])[max(1, number)...])
            try await probe.demand(rest, after: cursor, "what follows a page of \(max(1, number))")
        }
    }

    /// A reader who pages along while others write misses nothing.
    public static let noMovementComesLate = StockTableLaw(
        "movement.no-late-arrivals",
        "A reader who pages along while others write finds every movement once, in the order every later reader finds: "
            + "none appears before a cursor that was given, and none before one that had been acknowledged before."
    ) { probe in
        let acknowledged = LawJournal<MovementID>()
        let writers = try await (0..<4).asyncMap { writer in
            let table = try await probe.connect(as: "\(writer + 2)")
            return LawCall {
                var before: [(first: Int, count: Int, known: Int)] = []
                for round in 0..<20 {
                    let first = 1_000 * writer + 3 * round
                    let movements = (0...(round % 3)).map { StockTableProbe.movement(first + $0) }
                    before.append((first, movements.count, acknowledged.entries.count))
                    try await table.write(StockTableWrite(movements: movements))
                    for movement in movements { acknowledged.append(movement.id) }
                    for _ in 0..<(writer + round) % 4 { await Task.yield() }
                }
                return before
            }
        }
        var (seen, cursor, round): ([StockMovement], MovementCursor, Int) = ([], .start, 0)
        while !writers.allSatisfy(\.isOver) {
            round += 1
            let slice = try await probe.table.movements(after: cursor, limit: 1 + round % 5)
            seen += slice.movements
            cursor = slice.next
            await Task.yield()
        }
        var writes: [(first: Int, count: Int, known: Int)] = []
        for writer in writers { writes += try await writer.end("an end of the writes") }
        let total = writes.map(\.count).reduce(0, +)
        try LawBreach.unless(seen.count <= total, "at most \(total) movements", found: "\(seen.count)")
        seen += try await probe.movements(after: cursor, count: total - seen.count).movements
        let again = try await probe.movements(count: total, limit: 1_000).movements
        let (ids, later) = (seen.map(\.id), again.map(\.id))
        try LawBreach.unless(
            ids == later,
            "\(later.count) movements for a reader who paged along, in the order of a later one",
            found: "\(ids.count), without \(Set(later).subtracting(ids).count) of them"
        )
        try LawBreach.unlessEqual(Set(ids).count, total, "how many movements there are")
        try checkOrder(ids, of: writes, acknowledged.entries)
    }

    /// Demands that movements stand in the order of their write, behind those acknowledged before it began.
    private static func checkOrder(
        _ ids: [MovementID],
        of writes: [(first: Int, count: Int, known: Int)],
        _ acknowledged: [MovementID]
    ) throws {
        let places = Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: max)
        var highest = [-1]
        for id in acknowledged { highest.append(max(highest[highest.count - 1], places[id] ?? -1)) }
        for write in writes {
            let own = (0..<write.count).compactMap { places[StockTableProbe.movement(write.first + $0).id] }
            try LawBreach.unless(
                own == own.sorted() && own.count == write.count,
                "the movements of a write in their order",
                found: "places \(own)"
            )
            try LawBreach.unless(
                own[0] > highest[write.known],
                "movements behind those that were acknowledged before",
                found: "place \(own[0]), and one acknowledged before it at \(highest[write.known])"
            )
        }
    }
}

extension Sequence {
    /// The results of an asynchronous body for each element, one after the other.
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
