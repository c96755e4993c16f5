import MarketplaceCore
import MarketplaceInventory

/// One long history of a single caller, answer for answer against the model.
struct InventoryWalkTrial {
    /// How many reservations and changes are called upon; older ones never again.
    private static let windowSize = 20
    /// How many calls lie between two comparisons of everything.
    private static let stepsPerComparison = 200
    /// The most movements that are read at once.
    private static let largestPage = 50
    /// How many calls a failure shows.
    private static let historyLength = 60

    private let seed: UInt64
    private let inventory: any InventoryStore
    private var source: InventoryCallSource
    private var model = InventoryModel()
    private var time = Timestamp(microsecondsSinceEpoch: 1_767_225_600_000_000)
    private var newest = windowSize
    private var history: [String] = []
    private var cursor = MovementCursor.start
    private var sums: [StockPoint: StockDeltas] = [:]

    init(seed: UInt64, _ inventory: any InventoryStore) {
        self.seed = seed
        self.inventory = inventory
        source = InventoryCallSource(seed: seed)
    }

    mutating func run(steps: Int) async throws -> Int {
        var refusedCount = 0
        for step in 1...max(1, steps) {
            time = time.advanced(by: source.pause())
            if source.draw(4) == 0 { try await moveWindow() }
            let range = newest - Self.windowSize + 1...newest
            let call = source.call(
                at: time,
                of: range.map { ReservationID(bits: UInt128($0)) },
                range.map { MovementID(bits: UInt128($0)) }
            )
            if try await make(call) { refusedCount += 1 }
            guard step % Self.stepsPerComparison == 0 || step == steps else { continue }
            try await compare()
            // An inventory that never waits would keep everybody else waiting for the whole walk.
            await Task.yield()
        }
        return refusedCount
    }

    /// Makes a call, and demands the model's answer; whether it was refused.
    private mutating func make(_ call: InventoryCall) async throws -> Bool {
        let answer: InventoryAnswer
        do throws(InventoryError) {
            answer = try await call.perform(on: inventory)
        } catch {
            throw failure("a single caller got \(error) for \(call)")
        }
        if history.count >= 2 * Self.historyLength { history.removeFirst(Self.historyLength) }
        history.append("\(call) → \(answer)")
        guard model.accepts(answer, to: call) else { throw failure("the last answer is wrong") }
        if case .refused = answer { return true }
        return false
    }

    /// Makes room for new ids: what falls out of the window is ended and forgotten.
    private mutating func moveWindow() async throws {
        let oldest = newest - Self.windowSize + 1
        let id = ReservationID(bits: UInt128(oldest))
        if let entry = model.entries[id], entry.units.values.contains(where: { $0.open > 0 }) {
            _ = try await make(InventoryCall(verb: .release(id, nil), time: time))
        }
        model.entries[id] = nil
        model.changes[MovementID(bits: UInt128(oldest))] = nil
        newest += 1
    }

    /// Compares levels and reservations with the model, and both with the sums of the movements.
    private mutating func compare() async throws {
        _ = try await make(InventoryCall(verb: .expire(limit: InventoryLimits.pageSize), time: time))
        let ids = Array(model.entries.keys)
        let there = try await InventoryScenery(inventory, of: ids)
        if let difference = there.difference(from: InventoryScenery(model, of: ids)) { throw failure(difference) }
        let open = try await openReservations()
        let expected = ids.filter { id in there.reservations[id] != nil }.sorted()
        guard open == expected else { throw failure("\(open) are listed as open, \(expected) are") }
        while true {
            let slice = try await inventory.movements(after: cursor, limit: 1 + source.draw(Self.largestPage))
            guard slice.missedCount == 0 else { throw failure("\(slice.missedCount) movements were forgotten") }
            cursor = slice.next
            if slice.movements.isEmpty { break }
            for movement in slice.movements {
                let point = StockPoint(movement.sku, at: movement.location)
                sums[point] = (sums[point] ?? StockDeltas()) + movement.deltas
            }
        }
        for point in InventoryCallSource.points {
            let (level, sum) = (model.level(at: point), sums[point] ?? StockDeltas())
            let isSum =
                (level.onHand, level.held, level.allocated) == (sum.onHand, sum.held, sum.allocated)
                && (level.backordered, level.incoming, level.damaged) == (sum.backordered, sum.incoming, sum.damaged)
            guard isSum else { throw failure("the movements of \(point) add up to \(sum), it is at \(level)") }
        }
    }

    /// The open reservations, read in small pages.
    private mutating func openReservations() async throws(InventoryError) -> [ReservationID] {
        var ids: [ReservationID] = []
        var last: ReservationID?
        repeat {
            let slice = try await inventory.openReservations(after: last, limit: 1 + source.draw(4))
            ids += slice.reservations.map(\.id)
            last = slice.next
        } while last != nil
        return ids
    }

    private func failure(_ reason: String) -> InventoryTrialFailure {
        InventoryTrialFailure(seed: seed, reason: reason, history: history.suffix(Self.historyLength))
    }
}
