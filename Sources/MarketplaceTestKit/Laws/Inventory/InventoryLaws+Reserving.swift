import MarketplaceCore
import MarketplaceInventory

extension InventoryLaws {
    /// A request whose lines cannot all be met sets nothing aside, and its id stays free.
    public static let allOrNothing = InventoryLaw(
        "reserve.all-or-nothing",
        "All lines of a request are set aside or none, whichever is short; a refused request leaves its id free."
    ) { probe in
        let points: [StockPoint] = [
            StockPoint("mug"), StockPoint("mug", at: "east"), StockPoint("pen"), StockPoint("pen", at: "west"),
            StockPoint("cup", at: "east"),
        ]
        for point in points { try await probe.restock(5, of: point.sku, at: point.location) }
        let skus: [SKU] = ["mug", "pen", "cup"]
        for short in points {
            let wishes = points.map { InventoryProbe.Wish.of($0.sku, $0 == short ? 6 : 2, at: $0.location) }
            let lines = try InventoryProbe.lines(wishes)
            try await probe.demandUnchanged(skus, "\(short) is short") {
                let expected = InventoryRefusal.insufficientStock(short.sku, requested: 6, available: 5)
                try await probe.demandRefusal(expected, "a request with one line too many") {
                    try await probe.reserve(1, lines)
                }
            }
            try await probe.demandState(nil, of: 1, "its request was refused")
        }
        let unknown = try InventoryProbe.lines(points.map { .of($0.sku, 1, at: $0.location) } + [.of("hat", 1)])
        try await probe.demandUnchanged(skus, "one SKU is unknown") {
            try await probe.demandRefusal(.unknownSKU("hat"), "a request of an unknown SKU") {
                try await probe.reserve(1, unknown)
            }
        }
        try await probe.setTerms(SaleTerms(perMemberLimit: try Quantity(3)), of: "cup")
        let many = try InventoryProbe.lines(points.map { .of($0.sku, 4, at: $0.location) })
        try await probe.demandUnchanged(skus, "one SKU is limited") {
            let expected = InventoryRefusal.memberLimit("cup", limit: 3, alreadyTaken: 0, requested: 4)
            try await probe.demandRefusal(expected, "a request beyond one limit") { try await probe.reserve(1, many) }
        }
        try await probe.reserve(1, try InventoryProbe.lines(points.map { .of($0.sku, 3, at: $0.location) }))
        for point in points {
            try await probe.demandLevel(
                StockDeltas(onHand: 5, held: 3),
                of: point.sku,
                at: point.location,
                "reserved with the id of the refused requests"
            )
        }
    }

    /// A point that is on two lines is wanted as often as they say together.
    public static let demandIsSummed = InventoryLaw(
        "reserve.summed",
        "A SKU on several lines is wanted as often as they say together at its location."
    ) { probe in
        try await probe.restock(5, of: "mug")
        try await probe.demandUnchanged(["mug"], "3 and 3 of 5") {
            let expected = InventoryRefusal.insufficientStock("mug", requested: 6, available: 5)
            try await probe.demandRefusal(expected, "3 and 3 of 5") {
                try await probe.reserve(1, .of("mug", 3), .of("mug", 3))
            }
        }
        let reservation = try await probe.reserve(1, .of("mug", 3), .of("mug", 2))
        try LawBreach.unlessEqual(reservation.positions.map(\.summary), ["5 held"], "3 and 2 of 5")
        try await probe.demandLevel(StockDeltas(onHand: 5, held: 5), of: "mug", "3 and 2 of 5")
        try await probe.reserve(1, .of("mug", 5))
        try await probe.release(1)
        try await probe.demandLevel(StockDeltas(onHand: 5), of: "mug", "after the release")
    }

    /// However many want the last units at once, exactly as many get one as there are.
    public static let nothingIsOversold = InventoryLaw(
        "reserve.no-oversell",
        "Of many buyers at once exactly as many are granted as there are units; the others are told what is left."
    ) { probe in
        for round in 0..<4 {
            let sku = SKU(stringLiteral: "mug-\(round)")
            try await probe.restock(10, of: sku)
            let answers = try await probe.crowd(40) { caller, inventory in
                try await probe.refusal {
                    try await probe.reserve(100 * round + caller, .of(sku, 1), on: inventory)
                }
            }
            try LawBreach.unlessEqual(answers.filter { $0 == nil }.count, 10, "how many of 40 buyers get one of 10")
            let expected = InventoryRefusal.insufficientStock(sku, requested: 1, available: 0)
            for answer in answers.compactMap({ $0 }) {
                try LawBreach.unlessEqual(answer, expected, "the answer to who gets none")
            }
            try await probe.demandLevel(StockDeltas(onHand: 10, held: 10), of: sku, "sold out")
            try await probe.demandSums([sku])
        }
    }

    /// A repeated request returns the reservation as it stands.
    public static let requestsCanBeRepeated = InventoryLaw(
        "reserve.repeated",
        "A repeated request changes nothing and returns the reservation as it stands, with its first deadline."
    ) { probe in
        try await probe.restock(5, of: "mug")
        try await probe.restock(5, of: "pen")
        let first = try await probe.reserve(1, .of("mug", 2), .of("pen", 1), at: 1, until: 60)
        try LawBreach.unlessEqual(first.deadline, InventoryProbe.second(60), "the deadline")
        try LawBreach.unlessEqual(first.reservedAt, InventoryProbe.second(1), "when it was made")
        try LawBreach.unlessEqual(first.reference, "order-1", "the reference")
        try LawBreach.unlessEqual(first.member, "ann", "the member")
        try await probe.demandUnchanged(["mug", "pen"], "the request is repeated") {
            for (connection, second) in [(probe.first, 2), (probe.second, 9)] as [(any InventoryStore, Int64)] {
                let again = try await probe.reserve(
                    1,
                    .of("pen", 1),
                    .of("mug", 1),
                    .of("mug", 1),
                    at: second,
                    until: 100 + second,
                    on: connection
                )
                try LawBreach.unlessEqual(again.deadline, first.deadline, "the deadline after a repetition")
                try LawBreach.unlessEqual(again.reservedAt, first.reservedAt, "when it was made")
                try LawBreach.unlessEqual(again.positions, first.positions, "where its units stand")
            }
        }
        try await probe.allocate(1)
        let allocated = try await probe.reserve(1, .of("mug", 2), .of("pen", 1), at: 70, until: 90)
        try LawBreach.unlessEqual(allocated.state, .allocated, "a repetition after the allocation")
        try await probe.demandLevel(StockDeltas(onHand: 5, allocated: 2), of: "mug", "after all repetitions")
    }

    /// One id is reserved once, however many ask with it at once.
    public static let idsAreReservedOnce = InventoryLaw(
        "reserve.once",
        "Requests of one id at once make one reservation."
    ) { probe in
        for round in 1...4 {
            let sku = SKU(stringLiteral: "mug-\(round)")
            try await probe.restock(10, of: sku)
            let answers = try await probe.crowd(10) { _, inventory in
                try await probe.reserve(round, .of(sku, 2), on: inventory).positions.map(\.summary)
            }
            for answer in answers { try LawBreach.unlessEqual(answer, ["2 held"], "the answer to each") }
            try await probe.demandLevel(StockDeltas(onHand: 10, held: 2), of: sku, "asked for by ten")
            try await probe.demandSums([sku])
        }
    }

    /// The id of a reservation cannot be used for another one.
    public static let idsHaveOneContent = InventoryLaw(
        "reserve.mismatch",
        "A request with the id of a reservation of other lines or another member is refused and changes nothing."
    ) { probe in
        for location: LocationKey in [.main, "east"] { try await probe.restock(9, of: "mug", at: location) }
        try await probe.restock(9, of: "pen")
        try await probe.reserve(1, .of("mug", 2))
        let others: [([InventoryProbe.Wish], MemberKey)] = [
            ([.of("mug", 3)], "ann"), ([.of("mug", 1)], "ann"), ([.of("pen", 2)], "ann"),
            ([.of("mug", 2, at: "east")], "ann"), ([.of("mug", 2), .of("pen", 1)], "ann"), ([.of("mug", 2)], "bob"),
        ]
        for state in ["held", "allocated"] {
            try await probe.demandUnchanged(["mug", "pen"], "an id is used again") {
                for (wishes, member) in others {
                    let lines = try InventoryProbe.lines(wishes)
                    let expected = InventoryRefusal.reservationMismatch(InventoryProbe.id(1))
                    try await probe.demandRefusal(expected, "other content, while it is \(state)") {
                        try await probe.reserve(1, lines, member: member)
                    }
                }
            }
            try await probe.allocate(1)
        }
    }

    /// A SKU is known from the first units or terms on.
    public static let unknownSKUsAreMissing = InventoryLaw(
        "reserve.known",
        "A SKU is unknown and missing from every answer until units of it came in or its terms were set."
    ) { probe in
        try await probe.restock(1, of: "mug")
        let all: [SKU] = ["mug", "pen", "cup", "mug"]
        let before = try await probe.first.stock(of: all)
        try LawBreach.unlessEqual(before.keys.sorted(), ["mug"], "the SKUs that are known of \(all)")
        try await probe.demandRefusal(.unknownSKU("pen"), "what never was") {
            try await probe.reserve(1, .of("pen", 1))
        }
        try await probe.demandRefusal(
            .insufficientStock("mug", requested: 1, available: 0),
            "where there never was any"
        ) { try await probe.reserve(1, .of("mug", 1, at: "east")) }
        try await probe.setTerms(.unrestricted, of: "pen")
        try await probe.demandRefusal(.insufficientStock("pen", requested: 1, available: 0), "with terms alone") {
            try await probe.reserve(1, .of("pen", 1))
        }
        try await probe.record(.announcement(3), of: "cup")
        let after = try await probe.second.stock(of: all)
        try LawBreach.unlessEqual(after.keys.sorted(), ["cup", "mug", "pen"], "the SKUs that are known of \(all)")
        try LawBreach.unlessEqual(after["pen"]?.levels.count, 0, "the levels of a SKU that has terms alone")
        try LawBreach.unlessEqual(after["mug"]?.levels.map(\.location), [.main], "where a SKU has levels")
        let none = try await probe.first.stock(of: [])
        try LawBreach.unless(none.isEmpty, "no stock of no SKUs", found: "\(none.count)")
    }

    /// A request that no state would grant is refused whatever the state.
    public static let requestsAreChecked = InventoryLaw(
        "reserve.inputs",
        "A request without lines, with too many, or whose deadline is not after its time is refused."
    ) { probe in
        try await probe.restock(5_000, of: "mug")
        try await probe.demandUnchanged(["mug"], "the request makes no sense") {
            try await probe.demandRefusal(.emptyRequest, "no lines") { try await probe.reserve(1, []) }
            for deadline: Int64 in [4, 5] {
                let (end, time) = (InventoryProbe.second(deadline), InventoryProbe.second(5))
                try await probe.demandRefusal(.deadlinePassed(deadline: end, time: time), "a past deadline") {
                    try await probe.reserve(1, .of("mug", 1), at: 5, until: deadline)
                }
            }
            let most = InventoryLimits.linesPerReservation
            let lines = ReservationLines((0...most).map { _ in ReservationLine("mug", .one) })
            try await probe.demandRefusal(.tooManyLines(most + 1, maximum: most), "a line too many") {
                try await probe.reserve(1, lines)
            }
        }
        try await probe.demandState(nil, of: 1, "all requests were refused")
        try await probe.reserve(1, .of("mug", 1), at: 5, until: 6)
    }
}
