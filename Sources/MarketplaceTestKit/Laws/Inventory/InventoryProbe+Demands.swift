import MarketplaceCore
import MarketplaceInventory

extension InventoryProbe {
    /// Demands that a call is refused for that reason.
    func demandRefusal<Answer>(
        _ expected: InventoryRefusal,
        _ why: String,
        _ call: () async throws -> Answer
    ) async throws {
        let found = try await refusal { _ = try await call() }
        try LawBreach.unlessEqual(found, expected, why)
    }

    /// The refusal of a call; nil when it is granted.
    func refusal(_ call: () async throws -> Void) async throws -> InventoryRefusal? {
        do {
            try await call()
            return nil
        } catch let error as InventoryError {
            guard let refusal = error.refusal else { throw error }
            return refusal
        }
    }

    /// The level of a point, as the second connection sees it.
    func level(of sku: SKU, at location: LocationKey = .main) async throws -> StockLevel {
        let stock = try await second.stock(of: [sku])[sku]
        return stock?.level(at: location) ?? StockLevel(sku: sku, location: location)
    }

    /// Demands that a level is this.
    func demandLevel(
        _ expected: StockDeltas,
        of sku: SKU,
        at location: LocationKey = .main,
        _ why: String
    ) async throws {
        let level = try await level(of: sku, at: location)
        let what = "the level of \(StockPoint(sku, at: location).short), \(why)"
        try LawBreach.unlessEqual(level.parts.summary, expected.summary, what)
    }

    /// Where the units of an open reservation stand, by point; nil when it is not open.
    func positions(of number: Int) async throws -> [StockPoint: String]? {
        guard case .open(let reservation)? = try await second.reservation(Self.id(number)) else { return nil }
        let summaries = reservation.positions.map { ($0.point, $0.summary) }
        return Dictionary(summaries, uniquingKeysWith: { "\($0) and \($1)" })
    }

    /// Demands that the units of an open reservation stand like this, for the points that are named.
    func demandPositions(_ expected: [StockPoint: String], of number: Int, _ why: String) async throws {
        let positions = try await positions(of: number) ?? [:]
        for (point, summary) in expected {
            try LawBreach.unlessEqual(positions[point] ?? "none", summary, "the units of \(point.short), \(why)")
        }
    }

    /// Demands that a reservation stands like this; nil when nothing is to be known of it.
    func demandState(_ expected: ReservationState?, of number: Int, _ why: String) async throws {
        let state = try await second.reservation(Self.id(number))?.state
        try LawBreach.unlessEqual(state, expected, "the state of reservation \(number), \(why)")
    }

    /// Demands that no movement of a SKU leaves a part below zero, that all add up to its levels, and that each is
    /// there once.
    func demandSums(_ skus: [SKU]) async throws {
        let movements = try await movements()
        var ids: Set<MovementID> = []
        var sums: [StockPoint: StockDeltas] = [:]
        for movement in movements {
            let isNew = ids.insert(movement.id).inserted
            try LawBreach.unless(isNew, "every movement has an id of its own", found: "\(movement.id) twice")
            let point = StockPoint(movement.sku, at: movement.location)
            let sum = (sums[point] ?? StockDeltas()) + movement.deltas
            try LawBreach.unless(
                sum.isPossible,
                "no part is ever below zero, nor more promised than there is",
                found: "\(point.short): \(sum.summary), after \(movement.kind) of \(movement.deltas.summary)"
            )
            sums[point] = sum
        }
        let stock = try await first.stock(of: skus)
        for sku in skus {
            let locations = Set(sums.keys.filter { $0.sku == sku }.map(\.location))
                .union(stock[sku]?.levels.map(\.location) ?? [])
            for location in locations.sorted() {
                let point = StockPoint(sku, at: location)
                try LawBreach.unlessEqual(
                    stock[sku]?.level(at: location).parts.summary ?? "unknown",
                    (sums[point] ?? StockDeltas()).summary,
                    "the level of \(point.short), by its movements"
                )
            }
        }
    }

    /// Demands that a call that is refused leaves everything as it was: the levels of these SKUs and the movements.
    func demandUnchanged(_ skus: [SKU], _ why: String, by call: () async throws -> Void) async throws {
        let stock = try await second.stock(of: skus)
        let count = try await movements().count
        try await call()
        let after = try await second.stock(of: skus)
        try LawBreach.unless(
            after == stock,
            "levels are unchanged: \(why)",
            found: "\(SKUStock.summary(after)) after \(SKUStock.summary(stock))"
        )
        try LawBreach.unlessEqual(try await movements().count, count, "how many movements there are: \(why)")
    }
}
