import MarketplaceCore
import MarketplaceInventory

/// Three writers of movements that begin and finish in the order of a schedule, and a reader that looks after every
/// step.
struct MovementInterleaving {
    /// The write of one writer.
    private struct Write {
        let call: LawCall<Void>
        let movements: [MovementID]
        /// Its number among those who came to the gate; nil when it waits for another, in the table.
        let ticket: Int?
        /// The writers that had finished when it began.
        let causes: [Int]
    }

    /// How long a call that neither ends nor comes to the gate is waited for: it stands behind another one.
    private static let attention = Duration.milliseconds(10)

    private let probe: StockTableProbe
    private let gate: StoreGate
    private var seen: [MovementID] = []
    private var cursor = MovementCursor.start
    private var lastNumber = 0

    init(_ probe: StockTableProbe, gate: StoreGate) {
        self.probe = probe
        self.gate = gate
    }

    /// Runs every schedule.
    mutating func runAll() async throws {
        defer { gate.open() }
        for (number, schedule) in WriterSchedule.all.enumerated() {
            try await run(schedule, limit: 1 + number % 3)
        }
    }

    private mutating func run(_ schedule: WriterSchedule, limit: Int) async throws {
        let start = (cursor: cursor, count: seen.count)
        gate.close()
        var writes: [Int: Write] = [:]
        for step in schedule.steps {
            switch step {
            case .begin(let writer):
                let causes = writes.filter { $0.value.call.isOver }.map(\.key)
                writes[writer] = try await begin(writer, causes: causes)
            case .finish(let writer):
                if let write = writes[writer] { try await finish(write) }
            }
            try await look(limit: limit)
        }
        gate.open()
        for write in writes.values { try await write.call.end("an end of the write") }
        let total = writes.values.map(\.movements.count).reduce(0, +)
        let early = seen.count - start.count
        try LawBreach.unless(early <= total, "at most \(total) movements (\(schedule))", found: "\(early)")
        let rest = try await probe.movements(after: cursor, count: total - early)
        seen += rest.movements.map(\.id)
        cursor = rest.next
        let later = try await probe.movements(after: start.cursor, count: total).movements.map(\.id)
        let found = Array(seen[start.count...])
        try LawBreach.unless(
            found == later && Set(found).count == total,
            "for a reader who looks after every step the \(total) movements of a later one (\(schedule))",
            found: "\(found.count), without \(Set(later).subtracting(found).count) of them"
        )
        try check(writes, found, schedule)
    }

    private mutating func begin(_ writer: Int, causes: [Int]) async throws -> Write {
        let movements = (0...writer).map { StockTableProbe.movement(lastNumber + $0) }
        lastNumber += movements.count
        let before = gate.tickets.last
        let probe = probe
        let call = LawCall { try await probe.table.write(StockTableWrite(movements: movements)) }
        try await wait { call.isOver || gate.tickets.last != before }
        let ticket = gate.tickets.last.flatMap { $0 == before ? nil : $0 }
        return Write(call: call, movements: movements.map(\.id), ticket: ticket, causes: causes)
    }

    private func finish(_ write: Write) async throws {
        guard !write.call.isOver else { return }
        let tickets = gate.tickets
        // Who stands behind another one in the table goes on only when that one does.
        guard let ticket = tickets.first(where: { $0 == write.ticket }) ?? tickets.first else { return }
        gate.release(ticket)
        try await wait { write.call.isOver }
    }

    /// Reads on to the end, page by page.
    private mutating func look(limit: Int) async throws {
        while true {
            let slice = try await probe.table.movements(after: cursor, limit: limit)
            seen += slice.movements.map(\.id)
            cursor = slice.next
            if slice.movements.isEmpty { return }
        }
    }

    /// Waits for a short while, which is long enough unless somebody else is in the way.
    private func wait(until isSettled: () -> Bool) async throws {
        let end = ContinuousClock.now + Self.attention
        while !isSettled(), ContinuousClock.now < end {
            for _ in 0..<20 where !isSettled() { await Task.yield() }
            if !isSettled() { try await Task.sleep(for: .microseconds(200)) }
        }
    }

    private func check(_ writes: [Int: Write], _ found: [MovementID], _ schedule: WriterSchedule) throws {
        func places(_ writer: Int) -> [Int] {
            writes[writer]?.movements.compactMap { found.firstIndex(of: $0) } ?? []
        }
        for (writer, write) in writes {
            let own = places(writer)
            try LawBreach.unless(own == own.sorted(), "the movements of a write in their order", found: "\(own)")
            for cause in write.causes {
                let last = places(cause).max() ?? 0
                try LawBreach.unless(
                    last < own.min() ?? 0,
                    "the movements of writer \(writer) behind those of writer \(cause), which had ended (\(schedule))",
                    found: "places \(own) and \(last)"
                )
            }
        }
    }
}
