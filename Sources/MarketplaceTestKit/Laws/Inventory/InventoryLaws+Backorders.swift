import MarketplaceCore
import MarketplaceInventory

extension InventoryLaws {
    private static func terms(_ limit: Int, keepingBack safetyStock: SafetyStock = .none) throws -> SaleTerms {
        let backorders = BackorderTerms(limit: try Quantity(limit), promisedAt: InventoryProbe.second(900))
        return SaleTerms(safetyStock: safetyStock, backorders: backorders)
    }

    /// More than is there is promised up to the limit, to those who agree.
    public static let backordersHaveALimit = InventoryLaw(
        "backorder.limit",
        "What is not there is promised up to the limit of each location, to those who agree, with the promised time."
    ) { probe in
        try await probe.restock(2, of: "mug")
        try await probe.setTerms(try terms(5), of: "mug")
        try await probe.demandUnchanged(["mug"], "too much is wanted") {
            try await probe.demandRefusal(
                .insufficientStock("mug", requested: 3, available: 2),
                "who does not wait"
            ) { try await probe.reserve(1, .of("mug", 3), allowsBackorder: false) }
            try await probe.demandRefusal(.insufficientStock("mug", requested: 8, available: 7), "more than the limit")
            {
                try await probe.reserve(1, .of("mug", 8))
            }
        }
        try await probe.reserve(1, .of("mug", 4))
        try await probe.demandPositions([StockPoint("mug"): "2 held, 2 backordered"], of: 1, "4 of 2 were wanted")
        guard case .open(let reservation)? = try await probe.second.reservation(InventoryProbe.id(1)) else {
            throw LawBreach(expected: "an open reservation", found: "none")
        }
        try LawBreach.unlessEqual(
            reservation.positions.map(\.promisedAt),
            [InventoryProbe.second(900)],
            "when the units are promised"
        )
        try LawBreach.unless(reservation.isAwaitingStock, "it waits for stock", found: "it does not")
        try await probe.demandLevel(StockDeltas(onHand: 2, held: 2, backordered: 2), of: "mug", "2 were promised")
        try await probe.reserve(1, .of("mug", 4))
        try await probe.reserve(2, .of("mug", 4, at: "east"))
        try await probe.demandRefusal(.insufficientStock("mug", requested: 4, available: 3), "the rest of the limit") {
            try await probe.reserve(3, .of("mug", 4))
        }
        try await probe.reserve(3, .of("mug", 3))
        try await probe.demandLevel(StockDeltas(onHand: 2, held: 2, backordered: 5), of: "mug", "all was promised")
        try await probe.demandLevel(StockDeltas(backordered: 4), of: "mug", at: "east", "4 were promised there")
        try await probe.demandSums(["mug"])
    }

    /// However many want to wait at once, no more is promised than the limit.
    public static let backordersAreNotOversold = InventoryLaw(
        "backorder.no-oversell",
        "Of many buyers at once exactly as many are granted as there are units and as may be backordered together."
    ) { probe in
        for round in 1...3 {
            let sku = SKU(stringLiteral: "mug-\(round)")
            try await probe.restock(3, of: sku)
            try await probe.setTerms(try terms(4), of: sku)
            let answers = try await probe.crowd(20) { caller, inventory in
                try await probe.refusal {
                    try await probe.reserve(100 * round + caller, .of(sku, 1), on: inventory)
                }
            }
            try LawBreach.unlessEqual(answers.filter { $0 == nil }.count, 7, "how many of 20 get one of 3 and 4")
            for answer in answers.compactMap({ $0 }) {
                let expected = InventoryRefusal.insufficientStock(sku, requested: 1, available: 0)
                try LawBreach.unlessEqual(answer, expected, "the answer to who gets none")
            }
            try await probe.demandLevel(StockDeltas(onHand: 3, held: 3, backordered: 4), of: sku, "sold out")
            try await probe.demandSums([sku])
        }
    }

    /// Units that come in go to those who have waited longest.
    public static let backordersAreFilledInOrder = InventoryLaw(
        "backorder.order",
        "Units that come in are given to those who wait, the earliest first, as many as there are, and only there."
    ) { probe in
        try await probe.setTerms(try terms(20), of: "mug")
        // The order of the ids is not that of the times.
        for (number, second) in [(5, 1), (3, 2), (9, 3), (1, 4)] as [(Int, Int64)] {
            try await probe.reserve(number, .of("mug", 2), at: second, until: 90)
        }
        try await probe.reserve(2, .of("mug", 2, at: "east"), at: 1, until: 90)
        try LawBreach.unlessEqual(try await probe.fill("mug"), [], "who gets something of nothing")
        try await probe.restock(3, of: "mug")
        try LawBreach.unlessEqual(try await probe.fill("mug"), [5, 3], "who gets the first 3 units")
        let point = StockPoint("mug")
        try await probe.demandPositions([point: "2 held"], of: 5, "it came first")
        try await probe.demandPositions([point: "1 held, 1 backordered"], of: 3, "it came second")
        try await probe.demandPositions([point: "2 backordered"], of: 9, "it came third")
        try await probe.demandLevel(StockDeltas(onHand: 3, held: 3, backordered: 5), of: "mug", "3 were given away")
        try LawBreach.unlessEqual(try await probe.fill("mug"), [], "who gets the same units again")
        try await probe.restock(3, of: "mug")
        try LawBreach.unlessEqual(try await probe.fill("mug", limit: 1), [3], "the one who is next")
        try LawBreach.unlessEqual(try await probe.fill("mug", limit: 1), [9], "the one after")
        try LawBreach.unlessEqual(try await probe.fill("mug"), [], "nothing is left")
        try await probe.restock(9, of: "mug")
        try LawBreach.unlessEqual(try await probe.fill("mug"), [1], "the last one")
        try await probe.demandPositions([StockPoint("mug", at: "east"): "2 backordered"], of: 2, "nothing came there")
        try await probe.demandLevel(StockDeltas(onHand: 15, held: 8), of: "mug", "nobody waits any more")
        try await probe.demandSums(["mug"])
    }

    /// What is promised and not there is not shipped.
    public static let backordersAreNotShipped = InventoryLaw(
        "backorder.not-shipped",
        "Units that are not there can be promised for good, but not shipped until they have come."
    ) { probe in
        try await probe.restock(2, of: "mug")
        try await probe.setTerms(try terms(5), of: "mug")
        try await probe.reserve(1, .of("mug", 5), until: 10)
        try LawBreach.unlessEqual(try await probe.allocate(1), .allocated, "the allocation of what will come")
        let point = StockPoint("mug")
        try await probe.demandPositions([point: "2 allocated, 3 owed"], of: 1, "it was allocated")
        try await probe.demandLevel(StockDeltas(onHand: 2, allocated: 2, backordered: 3), of: "mug", "it was allocated")
        let awaiting = InventoryRefusal.awaitingStock(InventoryProbe.id(1), point, units: 3)
        try await probe.demandUnchanged(["mug"], "units are not there") {
            try await probe.demandRefusal(awaiting, "the shipment of all") { try await probe.ship(1) }
            try await probe.demandRefusal(awaiting, "the shipment of 3") { try await probe.ship(1, .of("mug", 3)) }
            try LawBreach.unlessEqual(try await probe.expire(by: 500), [], "a sweep ends what is allocated")
        }
        try await probe.ship(1, .of("mug", 2), at: 11)
        try await probe.restock(3, of: "mug")
        try LawBreach.unlessEqual(try await probe.fill("mug", second: 600), [1], "who waits")
        try await probe.demandPositions([point: "3 allocated, 2 shipped"], of: 1, "its units have come")
        try await probe.ship(1, at: 601)
        try await probe.demandState(.shipped, of: 1, "all is shipped")
        try await probe.demandLevel(StockDeltas(), of: "mug", "all is shipped")
        try await probe.demandSums(["mug"])
    }

    /// What is no longer promised can be promised again.
    public static let backordersGiveRoomBack = InventoryLaw(
        "backorder.room-back",
        "Backordered units that are released or whose hold expires can be promised to others, and are given to nobody."
    ) { probe in
        try await probe.setTerms(try terms(4), of: "mug")
        try await probe.reserve(1, .of("mug", 4), until: 10)
        let none = InventoryRefusal.insufficientStock("mug", requested: 1, available: 0)
        try await probe.demandRefusal(none, "all is promised") { try await probe.reserve(2, .of("mug", 1)) }
        try await probe.release(1, at: 2)
        try await probe.reserve(2, .of("mug", 4), at: 3, until: 10)
        try await probe.demandRefusal(none, "all is promised") { try await probe.reserve(3, .of("mug", 1), at: 9) }
        try await probe.reserve(3, .of("mug", 3), at: 10, until: 60)
        try await probe.demandState(.expired, of: 2, "its deadline has passed")
        try await probe.allocate(3, .of("mug", 1), at: 11)
        try await probe.release(3, .of("mug", 2), at: 12)
        try await probe.demandPositions([StockPoint("mug"): "1 owed, 2 released"], of: 3, "2 were released")
        try await probe.demandLevel(StockDeltas(backordered: 1), of: "mug", "one is promised")
        try await probe.reserve(4, .of("mug", 3), at: 13, until: 20)
        try await probe.restock(9, of: "mug")
        let filled = try await probe.fill("mug", second: 20)
        try LawBreach.unlessEqual(filled, [3], "who gets units when the hold of another is over")
        try await probe.demandState(.expired, of: 4, "its deadline has passed")
        try await probe.demandLevel(StockDeltas(onHand: 9, allocated: 1), of: "mug", "nobody else waits")
        try await probe.demandSums(["mug"])
    }

    /// Safety stock is not given to those who wait.
    public static let backordersLeaveSafetyStock = InventoryLaw(
        "backorder.safety-stock",
        "Units are given to those who wait only beyond the safety stock, by the terms as they are now everywhere."
    ) { probe in
        try await probe.restock(3, of: "mug")
        try await probe.setTerms(try terms(9, keepingBack: 2), of: "mug")
        try await probe.reserve(1, .of("mug", 4))
        let point = StockPoint("mug")
        try await probe.demandPositions([point: "1 held, 3 backordered"], of: 1, "2 of 3 are kept back")
        try LawBreach.unlessEqual(try await probe.fill("mug"), [], "who gets the safety stock")
        try await probe.restock(1, of: "mug")
        try LawBreach.unlessEqual(try await probe.fill("mug"), [1], "who gets what came in")
        try await probe.demandPositions([point: "2 held, 2 backordered"], of: 1, "one came in")
        try await probe.restock(1, of: "mug")
        // Another process keeps more back: what this one remembers of the terms does not count.
        try await probe.setTerms(try terms(9, keepingBack: 3), of: "mug", on: probe.second)
        try LawBreach.unlessEqual(try await probe.fill("mug"), [], "who gets what is kept back since")
        try await probe.demandLevel(StockDeltas(onHand: 5, held: 2, backordered: 2), of: "mug", "3 are kept back")
        try await probe.setTerms(try terms(9), of: "mug", on: probe.second)
        try LawBreach.unlessEqual(try await probe.fill("mug"), [1], "who gets what is no longer kept back")
        try await probe.demandPositions([point: "4 held"], of: 1, "nothing is kept back")
        try await probe.demandSums(["mug"])
    }
}
