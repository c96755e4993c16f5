import MarketplaceCore
import MarketplaceStorage

extension StoreLaws {
    /// An addition that would break a bound is refused, with key, bound, value and delta.
    public static let countersKeepTheirBounds = StoreLaw(
        "counter.bounds",
        "An addition that would break its floor or ceiling is refused, with the key, the bound and the value."
    ) { probe in
        let key: CounterKey = "a"
        func add(_ delta: Int64, _ floor: Int64?, _ ceiling: Int64?) -> Transaction {
            probe.transaction { $0.add(delta, to: key, floor: floor, ceiling: ceiling) }
        }
        try LawBreach.unlessEqual(try await probe.store.counter(key), 0, "a counter that was never added to")
        try await probe.refuse(add(-1, 0, nil), as: .counterBound(key, bound: .floor(0), value: 0, delta: -1))
        let receipt = try await probe.store.commit(add(10, nil, 10))
        try LawBreach.unlessEqual(receipt.counters, [10], "the counters of the receipt")
        try await probe.refuse(add(1, nil, 10), as: .counterBound(key, bound: .ceiling(10), value: 10, delta: 1))
        try await probe.refuse(add(-11, 0, 10), as: .counterBound(key, bound: .floor(0), value: 10, delta: -11))
        _ = try await probe.store.commit(add(-10, 0, 10))
        _ = try await probe.store.commit(add(-7, nil, nil))
        try LawBreach.unlessEqual(try await probe.store.counter(key), -7, "the counter")
        let values = try await probe.store.counters([key, "b", key])
        try LawBreach.unlessEqual(values, [key: -7, "b": 0], "the counters, each once, the unknown one as 0")
    }

    /// A bound binds only in the direction of the move.
    public static let boundsBindOneDirection = StoreLaw(
        "counter.direction",
        "A bound binds only in the direction of the move: a counter outside of its bounds can come back."
    ) { probe in
        try await probe.commit { transaction in
            transaction.add(100, to: "high")
            transaction.add(-100, to: "low")
        }
        let receipt = try await probe.commit { transaction in
            transaction.add(-1, to: "high", floor: 0, ceiling: 10)
            transaction.add(1, to: "low", floor: -10, ceiling: 10)
            transaction.add(0, to: "zero", floor: 1)
        }
        try LawBreach.unlessEqual(receipt.counters, [99, -99, 0], "the counters of the receipt")
        try await probe.refuse(as: .counterBound("high", bound: .ceiling(10), value: 99, delta: 1)) {
            $0.add(1, to: "high", floor: 0, ceiling: 10)
        }
    }

    /// An addition whose sum does not fit 64 bits is refused.
    public static let countersDoNotOverflow = StoreLaw(
        "counter.overflow",
        "An addition whose sum does not fit 64 bits is refused as breaking the bound of the type."
    ) { probe in
        try await probe.commit { transaction in
            transaction.add(.max, to: "high", ceiling: .max)
            transaction.add(.min, to: "low", floor: .min)
        }
        try await probe.refuse(as: .counterBound("high", bound: .ceiling(.max), value: .max, delta: 1)) {
            $0.add(1, to: "high")
        }
        try await probe.refuse(as: .counterBound("low", bound: .floor(.min), value: .min, delta: .min)) {
            $0.add(.min, to: "low")
        }
        let receipt = try await probe.commit { transaction in
            transaction.add(.min, to: "high")
            transaction.add(.max, to: "low")
        }
        try LawBreach.unlessEqual(receipt.counters, [-1, -1], "the counters after coming back")
    }

    /// Several additions to a counter in one transaction count as their sum.
    public static let countersMergeAdditions = StoreLaw(
        "counter.merged",
        "Several additions to a counter in one transaction count as their sum within the narrowest bounds."
    ) { probe in
        let receipt = try await probe.commit { transaction in
            transaction.add(7, to: "a", ceiling: 100)
            transaction.add(1, to: "b")
            transaction.add(-3, to: "a", floor: 0)
        }
        try LawBreach.unlessEqual(receipt.counters, [4, 1], "the counters of the receipt")
        try await probe.refuse(as: .counterBound("a", bound: .ceiling(5), value: 4, delta: 2)) { transaction in
            transaction.add(1, to: "a", ceiling: 5)
            transaction.add(1, to: "a", ceiling: 50)
        }
        try await probe.refuse(as: .counterBound("a", bound: .floor(2), value: 4, delta: -3)) { transaction in
            transaction.add(-4, to: "a", floor: 0, ceiling: 5)
            transaction.add(1, to: "a", floor: 2, ceiling: 4)
        }
        try LawBreach.unlessEqual(try await probe.store.counter("a"), 4, "the counter")
    }

    /// A deleted counter is 0 and counts on from there.
    public static let countersCanBeDeleted = StoreLaw(
        "counter.delete",
        "A deleted counter is 0 and counts on from there; deleting one that was never added to changes nothing."
    ) { probe in
        try await probe.commit { $0.add(5, to: "a") }
        try await probe.commit { transaction in
            transaction.deleteCounter("a")
            transaction.deleteCounter("never")
        }
        try LawBreach.unlessEqual(try await probe.store.counter("a"), 0, "the deleted counter")
        try await probe.refuse(as: .counterBound("a", bound: .floor(0), value: 0, delta: -1)) {
            $0.add(-1, to: "a", floor: 0)
        }
        let receipt = try await probe.commit { $0.add(2, to: "a") }
        try LawBreach.unlessEqual(receipt.counters, [2], "the counter after it was added to again")
    }

    /// Additions at once all succeed while the bounds hold, and none is lost.
    public static let additionsCommute = StoreLaw(
        "counter.commute",
        "Additions and subtractions at once all succeed while the bounds hold, whatever their order, and none is lost."
    ) { probe in
        try await probe.commit { $0.add(1_000, to: "a") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for round in 0..<25 {
                        let delta: Int64 = (task + round).isMultiple(of: 2) ? 3 : -2
                        try await probe.commit { transaction in
                            transaction.add(delta, to: "a", floor: 0, ceiling: 10_000)
                            transaction.add(1, to: TextKey(EventID(bits: UInt128(task))))
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        try LawBreach.unlessEqual(try await probe.store.counter("a"), 1_100, "the counter all of them added to")
        for task in 0..<8 {
            let own = try await probe.store.counter(TextKey(EventID(bits: UInt128(task))))
            try LawBreach.unlessEqual(own, 25, "the counter that one of them added to")
        }
    }

    /// Of 2,000 claims at once on a ceiling of 500, exactly 500 succeed.
    public static let countersGiveOutExactlyTheCeiling = StoreLaw(
        "counter.concurrent-claims",
        "Of 2,000 claims at once on a ceiling of 500 exactly 500 succeed, each with a value of its own, and the "
            + "others are refused at 500."
    ) { probe in
        let (claims, ceiling) = (2_000, Int64(500))
        let values = try await withThrowingTaskGroup(of: Int64?.self) { group in
            for _ in 0..<claims {
                group.addTask {
                    let claim = probe.transaction { $0.add(1, to: "quota", ceiling: ceiling) }
                    let refusal = StoreConflict.counterBound(
                        "quota",
                        bound: .ceiling(ceiling),
                        value: ceiling,
                        delta: 1
                    )
                    do throws(StoreError) {
                        return try await probe.store.commit(claim).counters.first
                    } catch {
                        guard error == .conflict(refusal) else { throw error }
                        return nil
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let winners = values.compactMap { $0 }
        try LawBreach.unlessEqual(winners.count, Int(ceiling), "how many claims succeeded")
        try LawBreach.unless(
            winners.sorted() == Array(1...ceiling),
            "each value of 1...\(ceiling) given to one claim",
            found: "\(Set(winners).count) values of \(winners.min() ?? 0)...\(winners.max() ?? 0)"
        )
        try LawBreach.unlessEqual(try await probe.store.counter("quota"), ceiling, "the counter")
    }

    /// Whatever is added and taken away at once, the counter never leaves its bounds, and refusals are justified.
    public static let countersStayWithinBoundsAtOnce = StoreLaw(
        "counter.within-bounds-at-once",
        "While many add and take away at once the counter is within its bounds at every moment, and each refusal tells "
            + "a value from which the move would have broken the bound."
    ) { probe in
        let bounds: ClosedRange<Int64> = 0...3
        let total = try await withThrowingTaskGroup(of: Int64.self) { group in
            for task in 0..<8 {
                group.addTask {
                    var sum: Int64 = 0
                    for round in 0..<40 {
                        let delta: Int64 = (task + round / 3).isMultiple(of: 2) ? 2 : -1
                        if try await move(delta, within: bounds, probe) { sum += delta }
                    }
                    return sum
                }
            }
            group.addTask {
                for _ in 0..<200 {
                    let value = try await probe.store.counter("a")
                    try LawBreach.unless(bounds.contains(value), "a value within \(bounds)", found: "\(value)")
                    await Task.yield()
                }
                return 0
            }
            return try await group.reduce(0, +)
        }
        try LawBreach.unlessEqual(try await probe.store.counter("a"), total, "the sum of what was applied")
    }

    /// Adds to a counter and says whether that was applied.
    private static func move(
        _ delta: Int64,
        within bounds: ClosedRange<Int64>,
        _ probe: StoreProbe
    ) async throws -> Bool {
        let move = probe.transaction { $0.add(delta, to: "a", floor: bounds.lowerBound, ceiling: bounds.upperBound) }
        do {
            let value = try await probe.store.commit(move).counters.first ?? .min
            try LawBreach.unless(bounds.contains(value), "a receipt within \(bounds)", found: "\(value)")
            return true
        } catch let error as StoreError {
            guard case .conflict(.counterBound(_, let bound, let value, delta)) = error else { throw error }
            let isJustified = bounds.contains(value) && !bounds.contains(value + delta)
            let isItsBound = bound == (delta < 0 ? .floor(bounds.lowerBound) : .ceiling(bounds.upperBound))
            try LawBreach.unless(isJustified && isItsBound, "a refusal that is justified", found: "\(error)")
            return false
        }
    }
}
