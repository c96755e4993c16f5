import MarketplaceCore
import MarketplaceInventory

extension InventoryLaws {
    /// Keys are compared as bytes, and never run together.
    public static let keysAreBytes = InventoryLaw(
        "bounds.keys-apart",
        "SKUs, locations and members are the same only byte for byte, and two keys never run together into one."
    ) { probe in
        let points: [StockPoint] = [
            StockPoint("caf\u{E9}"), StockPoint("cafe\u{301}"), StockPoint("CAFE"), StockPoint("cafe"),
            StockPoint("a/b", at: "c"), StockPoint("a", at: "b/c"), StockPoint("c", at: "a/b"),
            StockPoint("b/c", at: "a"), StockPoint("a", at: "b"), StockPoint("mug", at: "caf\u{E9}"),
            StockPoint("mug", at: "cafe\u{301}"), StockPoint("mug", at: "Main"), StockPoint("1/a", at: "b"),
        ]
        for (index, point) in points.enumerated() {
            try await probe.restock(index + 2, of: point.sku, at: point.location)
        }
        for (index, point) in points.enumerated() {
            let units = index + 2
            let expected = StockDeltas(onHand: Int64(units))
            try await probe.demandLevel(expected, of: point.sku, at: point.location, "each has its own units")
            let short = InventoryRefusal.insufficientStock(
                point.sku,
                requested: Int64(units + 1),
                available: Int64(units)
            )
            try await probe.demandRefusal(short, "one more of \(point) than there is") {
                try await probe.reserve(index, .of(point.sku, units + 1, at: point.location))
            }
            try await probe.reserve(index, .of(point.sku, units, at: point.location))
        }
        let limited: [(SKU, MemberKey)] = [
            ("x", "caf\u{E9}"), ("x", "cafe\u{301}"), ("x", "y/z"), ("x/y", "z"), ("x", "Ann"), ("x", "ann"),
        ]
        for sku: SKU in ["x", "x/y"] {
            try await probe.restock(50, of: sku)
            try await probe.setTerms(SaleTerms(perMemberLimit: try Quantity(2)), of: sku)
        }
        for (index, (sku, member)) in limited.enumerated() {
            try await probe.reserve(100 + index, .of(sku, 2), member: member)
            let full = InventoryRefusal.memberLimit(sku, limit: 2, alreadyTaken: 2, requested: 1)
            try await probe.demandRefusal(full, "more for \(member)") {
                try await probe.reserve(200, .of(sku, 1), member: member)
            }
        }
        try await probe.demandSums(points.map(\.sku) + ["x", "x/y"])
    }

    /// Keys of the greatest length are as good as any, and longer ones are refused.
    public static let keyLengthsAreKept = InventoryLaw(
        "bounds.key-length",
        "SKUs, locations and members of the greatest length do all that others do; a byte more is refused."
    ) { probe in
        func key<Subject>(_ count: Int, _ end: String) throws -> TextKey<Subject> {
            try TextKey(String(repeating: "ä", count: (count - end.utf8.count) / 2) + end)
        }
        // Two of each, which differ in the last byte only.
        let skus: [SKU] = [
            try key(InventoryLimits.skuBytes, "/1"), try key(InventoryLimits.skuBytes, "/2"),
        ]
        let place: LocationKey = try key(InventoryLimits.locationBytes, "/1")
        let member: MemberKey = try key(InventoryLimits.memberBytes, "/1")
        let backorders = BackorderTerms(limit: try Quantity(9), promisedAt: InventoryProbe.second(900))
        for (number, sku) in skus.enumerated() {
            try await probe.restock(3, of: sku, at: place)
            let terms = SaleTerms(perMemberLimit: try Quantity(9), backorders: backorders)
            try await probe.setTerms(terms, of: sku)
            try await probe.reserve(number, .of(sku, 5, at: place), member: member)
            try await probe.restock(2, of: sku, at: place)
            try LawBreach.unlessEqual(try await probe.fill(sku, at: place), [number], "who gets what came in")
            try await probe.allocate(number)
            try await probe.ship(number)
            let taken = InventoryRefusal.memberLimit(sku, limit: 9, alreadyTaken: 5, requested: 5)
            try await probe.demandRefusal(taken, "the rest of the limit") {
                try await probe.reserve(9, .of(sku, 5, at: place), member: member)
            }
        }
        try await probe.demandSums(skus)
        try await demandLongKeysAreRefused(probe)
    }

    private static func demandLongKeysAreRefused(_ probe: InventoryProbe) async throws {
        let sku = try SKU(String(repeating: "x", count: InventoryLimits.skuBytes + 1))
        let place = try LocationKey(String(repeating: "x", count: InventoryLimits.locationBytes + 1))
        let member = try MemberKey(String(repeating: "x", count: InventoryLimits.memberBytes + 1))
        func tooLong(_ maximum: Int) -> InventoryRefusal { .keyTooLong(byteCount: maximum + 1, maximum: maximum) }
        try await probe.restock(3, of: "mug")
        try await probe.demandUnchanged(["mug"], "a key is too long") {
            let longSKU = tooLong(InventoryLimits.skuBytes)
            try await probe.demandRefusal(longSKU, "a SKU in a change") { try await probe.restock(1, of: sku) }
            try await probe.demandRefusal(longSKU, "in terms") { try await probe.setTerms(.unrestricted, of: sku) }
            try await probe.demandRefusal(longSKU, "in a request") { try await probe.reserve(1, .of(sku, 1)) }
            try await probe.demandRefusal(longSKU, "in a filling") { try await probe.fill(sku) }
            let longPlace = tooLong(InventoryLimits.locationBytes)
            try await probe.demandRefusal(longPlace, "a location in a change") {
                try await probe.restock(1, of: "mug", at: place)
            }
            try await probe.demandRefusal(longPlace, "in a transfer") {
                try await probe.record(.transfer(.one, to: place), of: "mug")
            }
            try await probe.demandRefusal(longPlace, "in a request") {
                try await probe.reserve(1, .of("mug", 1, at: place))
            }
            try await probe.demandRefusal(tooLong(InventoryLimits.memberBytes), "a member") {
                try await probe.reserve(1, .of("mug", 1), member: member)
            }
        }
    }

    /// Nothing traps on extreme figures, times and page sizes.
    public static let extremesAreHarmless = InventoryLaw(
        "bounds.extremes",
        "Figures, times and page sizes at the ends of their range are counted exactly or refused, and never trap."
    ) { probe in
        let most = InventoryLimits.unitsOnHand
        try await probe.restock(1, of: "mug")
        let beyond: [StockAction] = [
            .adjustment(.max), .adjustment(.min), .announcement(.max), .announcement(.min), .adjustment(most),
            .adjustment(most + 1), .announcement(most + 1), .adjustment(-most - 1),
        ]
        try await probe.demandUnchanged(["mug"], "the figures are extreme") {
            for action in beyond {
                let refusal = try await probe.refusal { try await probe.record(action, of: "mug") }
                guard case .tooMuchStock("mug", _, _, maximum: most)? = refusal else {
                    throw LawBreach(expected: "too much stock: \(action)", found: "\(String(describing: refusal))")
                }
            }
        }
        let full = try await probe.record(.adjustment(most - 1), of: "mug")
        try LawBreach.unlessEqual(full.onHand, most, "the most units there may be")
        let tooMuch = InventoryRefusal.tooMuchStock("mug", present: most, received: 1, maximum: most)
        try await probe.demandRefusal(tooMuch, "one more than there may be") { try await probe.restock(1, of: "mug") }
        try await probe.setTerms(SaleTerms(opensAt: .distantPast, closesAt: .distantFuture), of: "mug")
        let largest = try Quantity(Quantity.maximum)
        let lines = ReservationLines(
            (0..<InventoryLimits.linesPerReservation).map { _ in ReservationLine("mug", largest) }
        )
        let all = try await probe.reserve(1, lines)
        let units = Int64(Quantity.maximum) * Int64(InventoryLimits.linesPerReservation)
        try LawBreach.unlessEqual(all.positions.map(\.held), [units], "a thousand lines of the largest quantity")
        try await probe.reserve(1, lines, on: probe.second)
        try await probe.allocate(1, .of("mug", Quantity.maximum))
        let more = ReservationLines(Array(lines) + [ReservationLine("mug", .one)])
        let tooLarge = InventoryRefusal.portionTooLarge(
            InventoryProbe.id(1),
            StockPoint("mug"),
            requested: units + 1,
            present: units
        )
        try await probe.demandRefusal(tooLarge, "one more than the reservation has") {
            try await probe.first.release(more, of: InventoryProbe.id(1), at: InventoryProbe.second(3))
        }
        try await probe.release(1)
        for limit in [Int.min, -1, 0, 1, Int.max] {
            _ = try await probe.first.movements(after: .start, limit: limit)
            _ = try await probe.first.openReservations(after: nil, limit: limit)
            try await probe.expire(by: 0, limit: limit)
            try await probe.fill("mug", limit: limit)
        }
        try await demandEndsOfTimeAreHarmless(probe)
        try await probe.demandSums(["mug"])
    }

    private static func demandEndsOfTimeAreHarmless(_ probe: InventoryProbe) async throws {
        let line = try InventoryProbe.lines([.of("mug", 1)])
        for (number, time) in [(10, Timestamp.distantPast), (11, InventoryProbe.second(1))] {
            let request = ReservationRequest(
                id: InventoryProbe.id(number),
                lines: line,
                member: "ann",
                deadline: .distantFuture,
                at: time
            )
            let made = try await probe.first.reserve(request)
            try LawBreach.unlessEqual(made.deadline, .distantFuture, "the last deadline there is")
        }
        let early = try await probe.first.expire(dueBy: .distantPast, limit: 10)
        try LawBreach.unless(early.isEmpty, "nothing is due at the first time there is", found: "\(early.count)")
        let outcome = try await probe.first.release(InventoryProbe.id(12), at: .distantPast)
        try LawBreach.unlessEqual(outcome, .neverReserved, "a release at the first time there is")
        _ = try await probe.first.allocate(InventoryProbe.id(11), at: .distantPast)
        let late = try await probe.first.expire(dueBy: .distantFuture, limit: 10).map { Int($0.id.bits) }
        try LawBreach.unlessEqual(late, [10], "what is due at the last time there is")
        try await probe.first.ship(InventoryProbe.id(11), at: .distantFuture)
    }

    /// The largest reservation goes through its whole life.
    public static let largestReservationsWork = InventoryLaw(
        "bounds.most-lines",
        "A reservation of as many lines as there may be, at as many points, is made, moved and ended like any other."
    ) { probe in
        let skus = (0..<50).map { SKU(stringLiteral: "mug-\($0)") }
        let locations = (0..<20).map { LocationKey(stringLiteral: "place-\($0)") }
        let backorders = BackorderTerms(limit: .one, promisedAt: InventoryProbe.second(900))
        for sku in skus {
            for location in locations { try await probe.restock(1, of: sku, at: location) }
            try await probe.setTerms(SaleTerms(perMemberLimit: try Quantity(40), backorders: backorders), of: sku)
        }
        let two = try Quantity(2)
        let points = skus.flatMap { sku in locations.map { StockPoint(sku, at: $0) } }
        try LawBreach.unlessEqual(points.count, InventoryLimits.linesPerReservation, "how many points there are")
        let lines = ReservationLines(points.map { ReservationLine($0.sku, two, at: $0.location) })
        let made = try await probe.reserve(1, lines)
        try LawBreach.unlessEqual(Set(made.positions.map(\.summary)), ["1 held, 1 backordered"], "each of its units")
        try await probe.reserve(1, lines, on: probe.second)
        try await probe.allocate(1)
        try LawBreach.unlessEqual(try await probe.release(1), .released, "its release")
        let single = ReservationLines(points.map { ReservationLine($0.sku, .one, at: $0.location) })
        try await probe.reserve(2, single)
        try await probe.allocate(2)
        try await probe.ship(2)
        try await probe.demandSums(skus)
        for sku in skus.prefix(3) {
            let stock = try await probe.second.stock(of: [sku])[sku]
            try LawBreach.unlessEqual(stock?.onHand, 0, "what is left of \(sku)")
            try LawBreach.unlessEqual(stock?.levels.map(\.location), locations.sorted(), "where there are levels of it")
        }
    }

    /// A SKU has levels at no more locations than it may.
    public static let locationsAreBounded = InventoryLaw(
        "bounds.locations",
        "A SKU has levels at as many locations as it may, by whatever they come, and at no more."
    ) { probe in
        let most = InventoryLimits.locationsPerSKU
        let backorders = BackorderTerms(limit: try Quantity(5), promisedAt: InventoryProbe.second(900))
        try await probe.setTerms(SaleTerms(backorders: backorders), of: "mug")
        func wishes(_ range: Range<Int>) throws -> ReservationLines {
            try InventoryProbe.lines(range.map { .of("mug", 1, at: LocationKey(stringLiteral: "place-\($0)")) })
        }
        try await probe.reserve(1, try wishes(0..<most - 2))
        let refused = InventoryRefusal.tooManyLocations("mug", maximum: most)
        try await probe.demandUnchanged(["mug"], "there would be too many locations") {
            try await probe.demandRefusal(refused, "one location too many") {
                try await probe.reserve(2, try wishes(most - 2..<most + 1))
            }
        }
        try await probe.demandState(nil, of: 2, "its request was refused")
        try await probe.reserve(2, try wishes(most - 3..<most))
        try await probe.restock(1, of: "mug", at: "place-0")
        try await probe.demandUnchanged(["mug"], "there would be too many locations") {
            try await probe.demandRefusal(refused, "a restock elsewhere") {
                try await probe.restock(1, of: "mug", at: "elsewhere")
            }
            try await probe.demandRefusal(refused, "a transfer elsewhere") {
                try await probe.record(.transfer(.one, to: "elsewhere"), of: "mug", at: "place-0")
            }
            try await probe.demandRefusal(refused, "a promise elsewhere") {
                try await probe.reserve(3, .of("mug", 1, at: "elsewhere"))
            }
        }
        let stock = try await probe.second.stock(of: ["mug"])["mug"]
        try LawBreach.unlessEqual(stock?.levels.count, most, "how many levels there are")
        try LawBreach.unlessEqual(stock?.backordered, Int64(most + 1), "how many units are promised")
    }
}
