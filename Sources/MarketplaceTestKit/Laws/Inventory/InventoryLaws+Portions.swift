import MarketplaceCore
import MarketplaceInventory

extension InventoryLaws {
    /// The units of a portion are counted in all, so that a repetition changes nothing.
    public static let portionsAreCountedInAll = InventoryLaw(
        "portion.in-all",
        "Some units are allocated, shipped or released in all: a repetition changes nothing, a smaller number neither."
    ) { probe in
        try await probe.restock(20, of: "mug")
        try await probe.restock(20, of: "pen")
        try await probe.reserve(1, .of("mug", 10), .of("pen", 2))
        let point = StockPoint("mug")
        for connection in [probe.first, probe.second] {
            let state = try await probe.allocate(1, .of("mug", 2), .of("mug", 2), on: connection)
            try LawBreach.unlessEqual(state, .held, "the allocation of some")
            try await probe.allocate(1, .of("mug", 1), on: connection)
            try await probe.demandPositions(
                [point: "6 held, 4 allocated", StockPoint("pen"): "2 held"],
                of: 1,
                "4 were allocated"
            )
        }
        for connection in [probe.first, probe.second] {
            try await probe.ship(1, .of("mug", 3), on: connection)
            try await probe.ship(1, .of("mug", 2), on: connection)
            try await probe.demandPositions([point: "6 held, 1 allocated, 3 shipped"], of: 1, "3 were shipped")
        }
        for connection in [probe.first, probe.second] {
            let outcome = try await probe.release(1, .of("mug", 2), on: connection)
            try LawBreach.unlessEqual(outcome, .released, "the release of some")
            try await probe.release(1, .of("mug", 1), on: connection)
            try await probe.demandPositions(
                [point: "4 held, 1 allocated, 3 shipped, 2 released"],
                of: 1,
                "2 were released"
            )
        }
        try await probe.allocate(1, .of("mug", 6))
        try await probe.demandPositions(
            [point: "2 held, 3 allocated, 3 shipped, 2 released"],
            of: 1,
            "6 were allocated in all, the shipped ones among them"
        )
        try await probe.demandLevel(StockDeltas(onHand: 17, held: 2, allocated: 3), of: "mug", "after all of it")
        try LawBreach.unlessEqual(try await probe.movements().count, 8, "how many movements there are")
        try LawBreach.unlessEqual(try await probe.allocate(1), .allocated, "the allocation of the rest")
        try await probe.ship(1)
        try await probe.demandState(.shipped, of: 1, "all that was left is shipped")
        try await probe.demandLevel(StockDeltas(onHand: 12), of: "mug", "all that was left is shipped")
        try LawBreach.unlessEqual(try await probe.release(1), .released, "the release of what some was released of")
        try await probe.demandSums(["mug", "pen"])
    }

    /// A portion that is larger than there are units is refused as a whole.
    public static let portionsAreBounded = InventoryLaw(
        "portion.too-large",
        "A portion of more units than the reservation has, or of a point it has not, is refused and changes nothing."
    ) { probe in
        for sku: SKU in ["mug", "pen"] { try await probe.restock(20, of: sku) }
        try await probe.restock(20, of: "mug", at: "east")
        try await probe.reserve(1, .of("mug", 4), .of("pen", 2))
        let id = InventoryProbe.id(1)
        let tooLarge = InventoryRefusal.portionTooLarge(id, StockPoint("pen"), requested: 3, present: 2)
        let east = StockPoint("mug", at: "east")
        let strange = InventoryRefusal.portionTooLarge(id, east, requested: 1, present: 0)
        try await probe.demandUnchanged(["mug", "pen"], "a portion is too large") {
            try await probe.demandRefusal(tooLarge, "3 of 2 allocated") {
                try await probe.allocate(1, .of("mug", 1), .of("pen", 3))
            }
            try await probe.demandRefusal(tooLarge, "3 of 2 released") {
                try await probe.release(1, .of("mug", 1), .of("pen", 2), .of("pen", 1))
            }
            try await probe.demandRefusal(strange, "another location's") {
                try await probe.allocate(1, .of("mug", 1), .of("mug", 1, at: "east"))
            }
            try await probe.demandRefusal(strange, "another location's") {
                try await probe.release(1, .of("mug", 1, at: "east"))
            }
            try await probe.demandRefusal(.notAllocated(id), "the shipment of what is held") {
                try await probe.ship(1, .of("mug", 1))
            }
        }
        try await probe.allocate(1)
        try await probe.demandUnchanged(["mug", "pen"], "a portion is too large") {
            try await probe.demandRefusal(tooLarge, "3 of 2 shipped") {
                try await probe.ship(1, .of("mug", 1), .of("pen", 3))
            }
            try await probe.demandRefusal(strange, "another location's") {
                try await probe.ship(1, .of("mug", 1, at: "east"))
            }
        }
        try await probe.ship(1, .of("pen", 1))
        let rest = InventoryRefusal.portionTooLarge(id, StockPoint("pen"), requested: 2, present: 1)
        try await probe.demandRefusal(rest, "what was shipped is not released") {
            try await probe.release(1, .of("pen", 2))
        }
        try await probe.demandSums(["mug", "pen"])
    }

    /// What is released are the units that have come least far.
    public static let releasesBeginAtTheLoosest = InventoryLaw(
        "portion.release-order",
        "A release of some units takes those that are not there first, then the held, the allocated ones last."
    ) { probe in
        try await probe.restock(6, of: "mug")
        let later = BackorderTerms(limit: try Quantity(10), promisedAt: InventoryProbe.second(900))
        try await probe.setTerms(SaleTerms(backorders: later), of: "mug")
        try await probe.reserve(1, .of("mug", 10))
        try await probe.allocate(1, .of("mug", 3))
        let steps: [(Int, String, StockDeltas)] = [
            (
                3, "3 held, 3 allocated, 1 backordered, 3 released",
                StockDeltas(onHand: 6, held: 3, allocated: 3, backordered: 1)
            ),
            (5, "2 held, 3 allocated, 5 released", StockDeltas(onHand: 6, held: 2, allocated: 3)),
            (8, "2 allocated, 8 released", StockDeltas(onHand: 6, allocated: 2)),
            (9, "1 allocated, 9 released", StockDeltas(onHand: 6, allocated: 1)),
        ]
        for (units, summary, level) in steps {
            try await probe.release(1, .of("mug", units))
            try await probe.demandPositions([StockPoint("mug"): summary], of: 1, "\(units) were released in all")
            try await probe.demandLevel(level, of: "mug", "\(units) were released in all")
        }
        try await probe.release(1, .of("mug", 10))
        try await probe.demandState(.released, of: 1, "all of it was released")
        try await probe.demandSums(["mug"])
    }

    /// The deadline ends what is held of a reservation and leaves what is allocated.
    public static let deadlinesEndTheHeldPart = InventoryLaw(
        "portion.partly-expired",
        "At the deadline the units that are held end and the allocated ones stay; all of it can be allocated no more."
    ) { probe in
        try await probe.restock(10, of: "mug")
        try await probe.reserve(1, .of("mug", 5), until: 10)
        try await probe.allocate(1, .of("mug", 2), at: 2)
        try await probe.reserve(2, .of("mug", 8), at: 10, until: 90)
        try await probe.demandPositions([StockPoint("mug"): "2 allocated, 3 expired"], of: 1, "its deadline has passed")
        try await probe.demandState(.allocated, of: 1, "its deadline has passed")
        let id = InventoryProbe.id(1)
        let expired = InventoryRefusal.expired(id, deadline: InventoryProbe.second(10))
        try await probe.demandUnchanged(["mug"], "its deadline has passed") {
            try await probe.demandRefusal(expired, "the allocation of all") { try await probe.allocate(1, at: 11) }
            let more = InventoryRefusal.portionTooLarge(id, StockPoint("mug"), requested: 3, present: 2)
            try await probe.demandRefusal(more, "the allocation of more") {
                try await probe.allocate(1, .of("mug", 3), at: 11)
            }
            try await probe.allocate(1, .of("mug", 2), at: 11)
            try LawBreach.unlessEqual(try await probe.expire(by: 80), [], "what a sweep ends")
        }
        try await probe.ship(1, at: 12)
        try await probe.demandState(.shipped, of: 1, "the rest was shipped")
        try await probe.demandLevel(StockDeltas(onHand: 8, held: 8), of: "mug", "the rest was shipped")

        try await probe.release(2, at: 13)
        try await probe.reserve(3, .of("mug", 4), at: 14, until: 20)
        try await probe.allocate(3, .of("mug", 1), at: 15)
        try LawBreach.unlessEqual(try await probe.expire(by: 20), [3], "what a sweep ends in part")
        try LawBreach.unlessEqual(try await probe.expire(by: 21), [], "what it ends again")
        try LawBreach.unlessEqual(try await probe.release(3, at: 22), .released, "the release of the rest")
        try await probe.demandLevel(StockDeltas(onHand: 8), of: "mug", "all has ended")
        try await probe.demandSums(["mug"])
    }
}
