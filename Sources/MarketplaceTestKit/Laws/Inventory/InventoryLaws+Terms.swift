import MarketplaceCore
import MarketplaceInventory

extension InventoryLaws {
    /// What is kept back is reserved by nobody.
    public static let safetyStockIsKept = InventoryLaw(
        "terms.safety-stock",
        "Safety stock of a location is there, and is neither available nor reserved."
    ) { probe in
        try await probe.restock(5, of: "mug")
        try await probe.restock(5, of: "mug", at: "east")
        try await probe.restock(5, of: "mug", at: "west")
        let kept = SafetyStock(2, except: ["east": 4, "west": 9])
        try await probe.setTerms(SaleTerms(safetyStock: kept), of: "mug")
        let expected: [(LocationKey, Int64)] = [(.main, 3), ("east", 1), ("west", 0)]
        for (index, (location, available)) in expected.enumerated() {
            let level = try await probe.level(of: "mug", at: location)
            try LawBreach.unlessEqual(level.available, available, "what is available at \(location)")
            try LawBreach.unlessEqual(level.unpromised, 5, "what is there at \(location)")
            let wanted = available + 1
            try await probe.demandRefusal(
                .insufficientStock("mug", requested: wanted, available: available),
                "one more than is available at \(location)"
            ) { try await probe.reserve(index, .of("mug", Int(wanted), at: location)) }
            if available > 0 { try await probe.reserve(index, .of("mug", Int(available), at: location)) }
        }
        try await probe.setTerms(.unrestricted, of: "mug", on: probe.second)
        try await probe.reserve(9, .of("mug", 5, at: "west"))
        try await probe.demandSums(["mug"])
    }

    /// A member has no more than the limit, all locations together.
    public static let membersHaveALimit = InventoryLaw(
        "terms.member-limit",
        "A member has at most the limit, held, allocated and shipped, everywhere; releases and expiries give back once."
    ) { probe in
        for location: LocationKey in [.main, "east"] { try await probe.restock(50, of: "mug", at: location) }
        try await probe.setTerms(SaleTerms(perMemberLimit: try Quantity(3)), of: "mug")
        func demandTaken(_ taken: Int64, _ wanted: Int, _ why: String, at second: Int64) async throws {
            let expected = InventoryRefusal.memberLimit(
                "mug",
                limit: 3,
                alreadyTaken: taken,
                requested: Int64(wanted)
            )
            try await probe.demandRefusal(expected, why) {
                try await probe.reserve(99, .of("mug", wanted - 1), .of("mug", 1, at: "east"), at: second, until: 900)
            }
        }
        try await demandTaken(0, 4, "4 at two locations", at: 1)
        try await probe.reserve(1, .of("mug", 1), .of("mug", 1, at: "east"), until: 10)
        try await demandTaken(2, 2, "what is held counts", at: 2)
        try await probe.reserve(1, .of("mug", 1), .of("mug", 1, at: "east"), at: 3)
        try await demandTaken(2, 2, "a repetition does not", at: 3)
        try await probe.reserve(2, .of("mug", 3), member: "bob")
        try await probe.allocate(1, at: 4)
        try await demandTaken(2, 2, "what is allocated counts", at: 20)
        for _ in 1...2 { try await probe.release(1, .of("mug", 1), at: 21) }
        try await demandTaken(1, 3, "one of two was released", at: 21)
        try await probe.ship(1, at: 22)
        try await demandTaken(1, 3, "what is shipped counts", at: 22)
        try await probe.reserve(3, .of("mug", 2), at: 23, until: 30)
        try await demandTaken(3, 2, "the limit is reached", at: 29)
        try LawBreach.unlessEqual(try await probe.expire(by: 30), [3], "what a sweep ends")
        try await probe.expire(by: 31)
        try await demandTaken(1, 3, "what has expired is given back once", at: 31)
        for _ in 1...2 { try await probe.release(3, at: 32) }
        try await probe.release(98, at: 32)
        try await demandTaken(1, 3, "nothing was left to give back", at: 33)
        try await probe.reserve(4, .of("mug", 2), at: 34, until: 900)
        for _ in 1...2 { try await probe.release(4, at: 35) }
        try await demandTaken(1, 3, "what was released is given back once", at: 36)
        try await probe.reserve(5, .of("mug", 2), at: 37, until: 900)
        try await probe.record(.customerReturn(.one), of: "mug")
        try await demandTaken(3, 2, "a return gives nothing back", at: 38)
        try await probe.demandSums(["mug"])
    }

    /// Where a limit is taken away and set again, counting begins anew.
    public static let limitsCountFromTheirStart = InventoryLaw(
        "terms.limit-anew",
        "A limit counts from when it is set where there was none; what was counted for an earlier one is forgotten."
    ) { probe in
        try await probe.restock(50, of: "mug")
        try await probe.reserve(1, .of("mug", 9))
        try await probe.setTerms(SaleTerms(perMemberLimit: try Quantity(3)), of: "mug")
        try await probe.reserve(2, .of("mug", 3))
        // What was reserved before the limit is not given back to it.
        try await probe.release(1)
        let full = InventoryRefusal.memberLimit("mug", limit: 3, alreadyTaken: 3, requested: 1)
        try await probe.demandRefusal(full, "the limit is reached") { try await probe.reserve(3, .of("mug", 1)) }
        try await probe.setTerms(SaleTerms(perMemberLimit: try Quantity(4)), of: "mug", on: probe.second)
        try await probe.reserve(3, .of("mug", 1))
        try await probe.setTerms(.unrestricted, of: "mug", on: probe.second)
        try await probe.reserve(4, .of("mug", 9))
        try await probe.setTerms(SaleTerms(perMemberLimit: try Quantity(2)), of: "mug", on: probe.second)
        try await probe.reserve(5, .of("mug", 2))
        for number in [2, 3, 4] { try await probe.release(number) }
        let again = InventoryRefusal.memberLimit("mug", limit: 2, alreadyTaken: 2, requested: 1)
        try await probe.demandRefusal(again, "the new limit is reached") { try await probe.reserve(6, .of("mug", 1)) }
        try await probe.demandSums(["mug"])
    }

    /// However many tries a member makes at once, the limit holds.
    public static let limitsHoldAtOnce = InventoryLaw(
        "terms.limit-at-once",
        "Of many tries of a member at once, at several locations, exactly as many units are granted as the limit says."
    ) { probe in
        for round in 0..<3 {
            let sku = SKU(stringLiteral: "mug-\(round)")
            let locations: [LocationKey] = [.main, "east", "west"]
            for location in locations { try await probe.restock(50, of: sku, at: location) }
            try await probe.setTerms(SaleTerms(perMemberLimit: try Quantity(4)), of: sku)
            let answers = try await probe.crowd(24) { caller, inventory in
                try await probe.refusal {
                    try await probe.reserve(
                        100 * round + caller,
                        .of(sku, 1, at: locations[caller % 3]),
                        member: caller < 12 ? "ann" : "bob",
                        on: inventory
                    )
                }
            }
            let full = InventoryRefusal.memberLimit(sku, limit: 4, alreadyTaken: 4, requested: 1)
            for (member, tries) in [("ann", answers[..<12]), ("bob", answers[12...])] {
                try LawBreach.unlessEqual(tries.filter { $0 == nil }.count, 4, "how many of 12 tries \(member) gets")
                for answer in tries.compactMap({ $0 }) { try LawBreach.unlessEqual(answer, full, "the other answers") }
            }
            try await probe.demandSums([sku])
        }
    }

    /// A purchase has a least and a most quantity, all lines together.
    public static let purchasesHaveASize = InventoryLaw(
        "terms.purchase",
        "The least and the most units of a purchase count all its lines of the SKU together, at all locations."
    ) { probe in
        for location: LocationKey in [.main, "east"] { try await probe.restock(50, of: "mug", at: location) }
        let terms = SaleTerms(minimumPerPurchase: try Quantity(2), maximumPerPurchase: try Quantity(4))
        try await probe.setTerms(terms, of: "mug")
        try await probe.demandUnchanged(["mug"], "the purchase has the wrong size") {
            try await probe.demandRefusal(.belowMinimum("mug", minimum: 2, requested: 1), "1 of at least 2") {
                try await probe.reserve(1, .of("mug", 1))
            }
            let above = InventoryRefusal.aboveMaximum("mug", maximum: 4, requested: 5)
            try await probe.demandRefusal(above, "5 of at most 4") { try await probe.reserve(1, .of("mug", 5)) }
            try await probe.demandRefusal(above, "3 and 2 of at most 4") {
                try await probe.reserve(1, .of("mug", 3), .of("mug", 2))
            }
            try await probe.demandRefusal(above, "3 and 2 at two locations") {
                try await probe.reserve(1, .of("mug", 3), .of("mug", 2, at: "east"))
            }
        }
        try await probe.reserve(1, .of("mug", 1), .of("mug", 1, at: "east"))
        try await probe.reserve(2, .of("mug", 1), .of("mug", 1))
        try await probe.reserve(3, .of("mug", 2), .of("mug", 2, at: "east"))
    }

    /// A sale opens at its first moment and closes at its last.
    public static let salesHaveAWindow = InventoryLaw(
        "terms.window",
        "A sale is open from its first microsecond to the last before it closes; what is reserved outlasts it."
    ) { probe in
        try await probe.restock(50, of: "mug")
        let (opens, closes) = (InventoryProbe.second(10), InventoryProbe.second(20))
        try await probe.setTerms(SaleTerms(opensAt: opens, closesAt: closes), of: "mug")
        let line = try InventoryProbe.lines([.of("mug", 1)])
        @Sendable func reserve(_ number: Int, _ microseconds: Int64, from moment: Timestamp) async throws {
            let time = Timestamp(microsecondsSinceEpoch: moment.microsecondsSinceEpoch + microseconds)
            let deadline = InventoryProbe.second(90)
            let id = InventoryProbe.id(number)
            let request = ReservationRequest(id: id, lines: line, member: "ann", deadline: deadline, at: time)
            _ = try await probe.first.reserve(request)
        }
        try await probe.demandRefusal(.saleNotOpen("mug", opensAt: opens), "a microsecond too early") {
            try await reserve(1, -1, from: opens)
        }
        try await reserve(1, 0, from: opens)
        try await reserve(2, -1, from: closes)
        for microseconds: Int64 in [0, 1] {
            try await probe.demandRefusal(.saleClosed("mug", closedAt: closes), "too late") {
                try await reserve(3, microseconds, from: closes)
            }
        }
        try await reserve(2, 5, from: closes)
        try await probe.allocate(2, at: 25)
        try await probe.ship(2, at: 26)
        try await probe.demandLevel(StockDeltas(onHand: 49, held: 1), of: "mug", "after the sale")
    }

    /// Terms that nobody can meet are refused.
    public static let contradictoryTermsAreRefused = InventoryLaw(
        "terms.contradictory",
        "Terms that no purchase can meet, or that keep back an impossible number, are refused; the old ones stand."
    ) { probe in
        try await probe.restock(50, of: "mug")
        try await probe.setTerms(SaleTerms(maximumPerPurchase: try Quantity(2)), of: "mug")
        let most = InventoryLimits.unitsOnHand
        let contradictory = [
            SaleTerms(opensAt: InventoryProbe.second(5), closesAt: InventoryProbe.second(5)),
            SaleTerms(opensAt: InventoryProbe.second(6), closesAt: InventoryProbe.second(5)),
            SaleTerms(minimumPerPurchase: try Quantity(3), maximumPerPurchase: try Quantity(2)),
            SaleTerms(perMemberLimit: try Quantity(2), minimumPerPurchase: try Quantity(3)),
            SaleTerms(safetyStock: -1), SaleTerms(safetyStock: SafetyStock(most + 1)),
            SaleTerms(safetyStock: SafetyStock(0, except: ["east": .min])),
        ]
        for terms in contradictory {
            for sku: SKU in ["mug", "pen"] {
                try await probe.demandRefusal(.contradictoryTerms(sku), "\(terms)") {
                    try await probe.setTerms(terms, of: sku)
                }
            }
        }
        let known = try await probe.first.stock(of: ["mug", "pen"]).keys.sorted()
        try LawBreach.unlessEqual(known, ["mug"], "the SKUs that are known")
        try await probe.demandRefusal(.aboveMaximum("mug", maximum: 2, requested: 3), "the terms from before") {
            try await probe.reserve(1, .of("mug", 3))
        }
    }
}
