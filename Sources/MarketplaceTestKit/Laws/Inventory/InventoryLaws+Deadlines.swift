import MarketplaceCore
import MarketplaceInventory

extension InventoryLaws {
    /// A hold ends at its deadline for every call, no sooner and no later.
    public static let deadlinesBindEveryCall = InventoryLaw(
        "deadline.every-call",
        "A hold is there until the microsecond before its deadline and over at it, for every call and unswept."
    ) { probe in
        let deadline = InventoryProbe.second(10)
        let before = Timestamp(microsecondsSinceEpoch: deadline.microsecondsSinceEpoch - 1)
        let part = try InventoryProbe.lines([.of("mug", 1)])
        let calls: [(String, @Sendable (ReservationID, Timestamp) async throws -> Void)] = [
            ("allocate", { _ = try await probe.first.allocate($0, at: $1) }),
            ("allocate some", { _ = try await probe.first.allocate(part, of: $0, at: $1) }),
            ("release some", { _ = try await probe.first.release(part, of: $0, at: $1) }),
            ("extend", { _ = try await probe.first.extend($0, to: InventoryProbe.second(50), at: $1) }),
        ]
        let late: [(String, @Sendable (ReservationID, Timestamp) async throws -> Void)] = [
            ("ship", { try await probe.first.ship($0, at: $1) }),
            ("ship some", { try await probe.first.ship(part, of: $0, at: $1) }),
            ("reserve", { id, _ in try await probe.reserve(Int(id.bits), .of("mug", 2), at: 10, until: 90) }),
        ]
        try await probe.restock(100, of: "mug")
        var number = 0
        for (name, call) in calls {
            number += 1
            try await probe.reserve(number, .of("mug", 2), until: 10)
            let early = try await probe.refusal { try await call(InventoryProbe.id(number), before) }
            try LawBreach.unlessEqual(early, nil, "\(name) a microsecond before the deadline")
            try await probe.release(number, at: 5)
        }
        for (name, call) in calls + late {
            number += 1
            try await probe.reserve(number, .of("mug", 2), until: 10)
            let id = InventoryProbe.id(number)
            // Once it is over, it is over for those whose clocks go behind too.
            for time in [deadline, InventoryProbe.second(11), before] {
                try await probe.demandRefusal(.expired(id, deadline: deadline), "\(name) at \(time)") {
                    try await call(id, time)
                }
            }
            try await probe.demandLevel(StockDeltas(onHand: 100), of: "mug", "\(name) found it expired")
        }
        number += 1
        try await probe.reserve(number, .of("mug", 2), until: 10)
        for _ in 1...2 {
            let outcome = try await probe.release(number, at: 10)
            try LawBreach.unlessEqual(outcome, .expired, "a release at the deadline")
        }
        try await probe.demandState(.expired, of: number, "it was released at its deadline")
        try await probe.demandSums(["mug"])
    }

    /// Who needs the units of an overdue hold gets them without a sweep.
    public static let overdueUnitsAreFree = InventoryLaw(
        "deadline.no-sweep",
        "A reservation gets the units, and a member the share, of holds that are overdue, without anybody's sweep."
    ) { probe in
        try await probe.restock(30, of: "mug")
        try await probe.restock(30, of: "mug", at: "east")
        for number in 1...30 {
            try await probe.reserve(number, .of("mug", 1), .of("mug", 1, at: "east"), until: 10)
        }
        try await probe.demandRefusal(
            .insufficientStock("mug", requested: 30, available: 0),
            "a second before the deadline"
        ) { try await probe.reserve(100, .of("mug", 30), at: 9) }
        try await probe.reserve(100, .of("mug", 30), .of("mug", 30, at: "east"), at: 10)
        try await probe.demandLevel(StockDeltas(onHand: 30, held: 30), of: "mug", "they went from hand to hand")
        let expiries = try await probe.movements().filter { $0.kind == .expiry }
        try LawBreach.unlessEqual(expiries.count, 60, "the movements of expiries")

        try await probe.restock(9, of: "pen")
        try await probe.setTerms(SaleTerms(perMemberLimit: try Quantity(2)), of: "pen")
        try await probe.reserve(200, .of("pen", 2), until: 10)
        try await probe.demandRefusal(
            .memberLimit("pen", limit: 2, alreadyTaken: 2, requested: 2),
            "a second before the deadline"
        ) { try await probe.reserve(201, .of("pen", 2), at: 9) }
        try await probe.reserve(201, .of("pen", 2), at: 10)
        try await probe.demandSums(["mug", "pen"])
    }

    /// A deadline moves to a later time while the hold is there.
    public static let deadlinesMoveOn = InventoryLaw(
        "deadline.extended",
        "An extension moves the deadline of a hold to a later time, never to an earlier one nor once it has passed."
    ) { probe in
        try await probe.restock(5, of: "mug")
        try await probe.reserve(1, .of("mug", 2), until: 10)
        let longer = try await probe.extend(1, to: 20, at: 9)
        try LawBreach.unlessEqual(longer.deadline, InventoryProbe.second(20), "an extension")
        try await probe.demandUnchanged(["mug"], "the deadline moved") {
            let same = try await probe.extend(1, to: 15, at: 9)
            try LawBreach.unlessEqual(same.deadline, InventoryProbe.second(20), "to an earlier time")
            try LawBreach.unlessEqual(try await probe.expire(by: 19), [], "what is due before the new deadline")
        }
        try await probe.demandRefusal(
            .insufficientStock("mug", requested: 4, available: 3),
            "who wants its units meanwhile"
        ) { try await probe.reserve(2, .of("mug", 4), at: 15) }
        let expired = InventoryRefusal.expired(InventoryProbe.id(1), deadline: InventoryProbe.second(20))
        try await probe.demandRefusal(expired, "at the new deadline") { try await probe.extend(1, to: 90, at: 20) }
        try await probe.demandLevel(StockDeltas(onHand: 5), of: "mug", "it is over")

        try await probe.reserve(3, .of("mug", 2), at: 21, until: 30)
        try await probe.allocate(3, at: 22)
        let firm = try await probe.extend(3, to: 90, at: 50)
        try LawBreach.unlessEqual(firm.state, .allocated, "the extension of what is allocated")
        try LawBreach.unlessEqual(firm.deadline, InventoryProbe.second(30), "its deadline")
        try LawBreach.unlessEqual(try await probe.expire(by: 1_000), [], "what a sweep ends")
    }

    /// A sweep ends each overdue hold once, in pages.
    public static let sweepsEndEachOnce = InventoryLaw(
        "deadline.swept",
        "Sweeps of any size end every overdue hold once and nothing else, and return it as it ended."
    ) { probe in
        try await probe.restock(100, of: "mug")
        for limit in [1, 3, 8, 100] {
            let offset = limit * 100
            for number in 1...12 {
                try await probe.reserve(offset + number, .of("mug", 2), until: Int64(10 + number))
            }
            try await probe.allocate(offset + 3)
            try LawBreach.unlessEqual(try await probe.expire(by: 10, limit: limit), [], "what is due too early")
            var ended: [Int] = []
            while true {
                let page = try await probe.first.expire(dueBy: InventoryProbe.second(18), limit: limit)
                try LawBreach.unless(page.count <= limit, "at most \(limit) at once", found: "\(page.count)")
                for reservation in page {
                    try LawBreach.unlessEqual(reservation.state, .expired, "the state of what a sweep returns")
                    try LawBreach.unlessEqual(reservation.positions.map(\.summary), ["2 expired"], "its units")
                }
                ended += page.map { Int($0.id.bits) }
                if page.count < limit { break }
            }
            let due = [1, 2, 4, 5, 6, 7, 8].map { $0 + offset }
            try LawBreach.unlessEqual(ended.sorted(), due, "what sweeps of \(limit) end")
            try await probe.demandLevel(StockDeltas(onHand: 100, held: 8, allocated: 2), of: "mug", "after sweeps")
            for number in [3, 9, 10, 11, 12] { try await probe.release(offset + number, at: 5) }
        }
        try await probe.demandSums(["mug"])
    }

    /// Who takes units from the stock, or waits for them, gets those of an overdue hold without a sweep.
    public static let overdueUnitsAreFreeForChanges = InventoryLaw(
        "deadline.no-sweep-for-changes",
        "A recorded change and a fill take the units of holds that are overdue, without anybody's sweep."
    ) { probe in
        try await probe.restock(3, of: "mug")
        try await probe.reserve(1, .of("mug", 3), until: 10)
        try await probe.demandRefusal(
            .insufficientUnits(StockPoint("mug"), .unpromised, requested: 2, present: 0),
            "a second before the deadline"
        ) { try await probe.record(.damage(try Quantity(2)), of: "mug", second: 9) }
        try await probe.record(.transfer(try Quantity(2), to: "east"), of: "mug", second: 10)
        try await probe.demandLevel(StockDeltas(onHand: 1), of: "mug", "two went away, none is held")
        try await probe.demandLevel(StockDeltas(onHand: 2), of: "mug", at: "east", "two came")

        let backorders = BackorderTerms(limit: try Quantity(5), promisedAt: InventoryProbe.second(100))
        try await probe.setTerms(SaleTerms(backorders: backorders), of: "pen")
        try await probe.restock(1, of: "pen")
        try await probe.reserve(2, .of("pen", 1), until: 10)
        try await probe.reserve(3, .of("pen", 1), until: 50)
        try LawBreach.unlessEqual(try await probe.fill("pen", second: 9), [], "who gets what is held")
        try LawBreach.unlessEqual(try await probe.fill("pen", second: 10), [3], "who gets what was held")
        try await probe.demandSums(["mug", "pen"])
    }

    /// Sweepers and payers at once end every hold exactly once.
    public static let racesEndEachOnce = InventoryLaw(
        "deadline.raced",
        "Where sweeps, allocations and releases meet, each hold ends in one way, which everybody is told."
    ) { probe in
        try await probe.restock(100, of: "mug")
        for number in 1...30 { try await probe.reserve(number, .of("mug", 1), until: 10) }
        let answers = try await probe.crowd(6) { caller, inventory in
            var done: [Int] = []
            for step in 1...30 {
                let number = caller.isMultiple(of: 2) ? step : 31 - step
                switch caller % 3 {
                case 0:
                    let due = try await inventory.expire(dueBy: InventoryProbe.second(10), limit: 2)
                    done += due.map { Int($0.id.bits) }
                case 1:
                    let late = try await probe.refusal { try await probe.allocate(number, at: 9, on: inventory) }
                    if late == nil { done.append(number) }
                default:
                    if try await probe.release(number, at: 9, on: inventory) == .released { done.append(number) }
                }
            }
            return done
        }
        let swept = answers[0] + answers[3]
        try LawBreach.unlessEqual(Set(swept).count, swept.count, "how many different holds the sweepers ended")
        for number in swept {
            try await probe.demandState(.expired, of: number, "a sweep has ended it")
        }
        let movements = try await probe.movements()
        for number in 1...30 {
            let ends = movements.filter {
                $0.reservation == InventoryProbe.id(number) && [.expiry, .cancellation].contains($0.kind)
            }
            try LawBreach.unless(ends.count <= 1, "\(number) ends once", found: "\(ends.map(\.kind))")
        }
        try await probe.demandSums(["mug"])
    }
}
