import MarketplaceCore
import MarketplaceInventory

extension InventoryLaws {
    /// A reservation goes from held to allocated to shipped, or back from both.
    public static let livesHaveOneOrder = InventoryLaw(
        "life.order",
        "Units go from held to allocated to shipped, or back from either by a release, and the levels follow."
    ) { probe in
        try await probe.restock(10, of: "mug")
        try await probe.reserve(1, .of("mug", 3))
        try await probe.reserve(2, .of("mug", 2))
        try await probe.reserve(3, .of("mug", 1))
        try await probe.demandLevel(StockDeltas(onHand: 10, held: 6), of: "mug", "three are held")
        try await probe.demandRefusal(.notAllocated(InventoryProbe.id(1)), "the shipment of what is held") {
            try await probe.ship(1, at: 2)
        }
        try await probe.demandState(.held, of: 1, "nothing was shipped")
        try LawBreach.unlessEqual(try await probe.allocate(1), .allocated, "the allocation")
        try await probe.allocate(2)
        try await probe.demandState(.allocated, of: 1, "it was allocated")
        try await probe.demandLevel(StockDeltas(onHand: 10, held: 1, allocated: 5), of: "mug", "two are allocated")
        try await probe.ship(1)
        try await probe.demandState(.shipped, of: 1, "it was shipped")
        try await probe.demandLevel(StockDeltas(onHand: 7, held: 1, allocated: 2), of: "mug", "one is shipped")
        try LawBreach.unlessEqual(try await probe.release(2), .released, "the release of what is allocated")
        try LawBreach.unlessEqual(try await probe.release(3), .released, "the release of what is held")
        try await probe.demandLevel(StockDeltas(onHand: 7), of: "mug", "the others are released")
        let ended = EndedReservation(
            id: InventoryProbe.id(1),
            state: .shipped,
            deadline: InventoryProbe.second(60),
            endedAt: InventoryProbe.second(4),
            member: "ann",
            positions: [ReservationPosition(StockPoint("mug"), shipped: 3)]
        )
        let record = try await probe.second.reservation(InventoryProbe.id(1))
        try LawBreach.unlessEqual(record, .ended(ended), "what is known of what was shipped")
        try await probe.demandSums(["mug"])
    }

    /// Every call about a reservation can be repeated.
    public static let callsCanBeRepeated = InventoryLaw(
        "life.repeated",
        "A repeated allocation, shipment, release or extension changes nothing and gets the same answer."
    ) { probe in
        try await probe.restock(10, of: "mug")
        for number in 1...3 { try await probe.reserve(number, .of("mug", 2)) }
        for connection in [probe.first, probe.second, probe.first] {
            try LawBreach.unlessEqual(try await probe.allocate(1, on: connection), .allocated, "an allocation")
            try LawBreach.unlessEqual(try await probe.release(2, on: connection), .released, "a release")
            let extended = try await probe.extend(3, to: 90, at: 3)
            try LawBreach.unlessEqual(extended.deadline, InventoryProbe.second(90), "an extension")
            try await probe.demandLevel(
                StockDeltas(onHand: 10, held: 2, allocated: 2),
                of: "mug",
                "after a call that was repeated"
            )
        }
        let before = try await probe.movements().count
        try LawBreach.unlessEqual(before, 6, "how many movements there are")
        for connection in [probe.first, probe.second, probe.first] {
            try await probe.ship(1, on: connection)
            try LawBreach.unlessEqual(
                try await probe.allocate(1, at: 5, on: connection),
                .shipped,
                "the allocation of what was shipped"
            )
            try await probe.demandLevel(StockDeltas(onHand: 8, held: 2), of: "mug", "after shipments")
        }
        try LawBreach.unlessEqual(try await probe.movements().count, before + 1, "how many movements there are")
    }

    /// A release before the reservation keeps it from being made.
    public static let releasesLeaveTombstones = InventoryLaw(
        "life.tombstone",
        "A release of an unknown id says so, again and again, and a reservation of that id is refused from then on."
    ) { probe in
        try await probe.restock(5, of: "mug")
        for connection in [probe.first, probe.second] {
            let outcome = try await probe.release(1, at: 1, on: connection)
            try LawBreach.unlessEqual(outcome, .neverReserved, "the release of what was never reserved")
        }
        let released = InventoryRefusal.released(InventoryProbe.id(1))
        try await probe.demandUnchanged(["mug"], "it was released before") {
            try await probe.demandRefusal(released, "a reservation that comes late") {
                try await probe.reserve(1, .of("mug", 2), at: 2)
            }
            try await probe.demandRefusal(released, "its allocation") { try await probe.allocate(1) }
            try await probe.demandRefusal(released, "its shipment") { try await probe.ship(1) }
            try await probe.demandRefusal(released, "its extension") { try await probe.extend(1, to: 90, at: 3) }
        }
        let record = try await probe.second.reservation(InventoryProbe.id(1))
        let tombstone = EndedReservation(
            id: InventoryProbe.id(1),
            state: .released,
            deadline: nil,
            endedAt: InventoryProbe.second(1),
            member: nil,
            positions: []
        )
        try LawBreach.unlessEqual(record, .ended(tombstone), "what is known of it")
    }

    /// What has ended stays ended, and says how.
    public static let endsAreFinal = InventoryLaw(
        "life.ended",
        "What was released or shipped stays so: whoever still wants something of it is told how it ended."
    ) { probe in
        try await probe.restock(5, of: "mug")
        try await probe.reserve(1, .of("mug", 2))
        try await probe.reserve(2, .of("mug", 2))
        try await probe.allocate(2)
        try await probe.release(1)
        try await probe.ship(2)
        let released = InventoryRefusal.released(InventoryProbe.id(1))
        let shipped = InventoryRefusal.alreadyShipped(InventoryProbe.id(2))
        try await probe.demandUnchanged(["mug"], "it has ended") {
            try await probe.demandRefusal(released, "allocation") { try await probe.allocate(1, at: 5) }
            try await probe.demandRefusal(released, "a part's") { try await probe.allocate(1, .of("mug", 1), at: 5) }
            try await probe.demandRefusal(released, "shipment") { try await probe.ship(1, at: 5) }
            try await probe.demandRefusal(released, "extension") { try await probe.extend(1, to: 90, at: 5) }
            try await probe.demandRefusal(released, "request") { try await probe.reserve(1, .of("mug", 2), at: 5) }
            try await probe.demandRefusal(released, "later") { try await probe.allocate(1, at: 500) }
            try await probe.demandRefusal(shipped, "release") { try await probe.release(2, at: 5) }
            try await probe.demandRefusal(shipped, "a part's") { try await probe.release(2, .of("mug", 1), at: 5) }
            try await probe.demandRefusal(shipped, "extension") { try await probe.extend(2, to: 90, at: 5) }
            try await probe.demandRefusal(shipped, "request") { try await probe.reserve(2, .of("mug", 2), at: 5) }
            try LawBreach.unlessEqual(try await probe.expire(by: 1_000), [], "what a sweep ends")
        }
    }

    /// Nothing but a release is done to a reservation that nobody made.
    public static let unknownReservationsAreRefused = InventoryLaw(
        "life.unknown",
        "Of an unknown id nothing is known, and every call but a release of all is refused with that."
    ) { probe in
        try await probe.restock(5, of: "mug")
        let unknown = InventoryRefusal.unknownReservation(InventoryProbe.id(1))
        try await probe.demandUnchanged(["mug"], "the reservation is unknown") {
            try await probe.demandRefusal(unknown, "an allocation") { try await probe.allocate(1) }
            try await probe.demandRefusal(unknown, "a part's") { try await probe.allocate(1, .of("mug", 1)) }
            try await probe.demandRefusal(unknown, "a shipment") { try await probe.ship(1) }
            try await probe.demandRefusal(unknown, "a part's") { try await probe.ship(1, .of("mug", 1)) }
            try await probe.demandRefusal(unknown, "a part's release") { try await probe.release(1, .of("mug", 1)) }
            try await probe.demandRefusal(unknown, "an extension") { try await probe.extend(1, to: 90, at: 2) }
        }
        try await probe.demandState(nil, of: 1, "nobody made it")
        try await probe.reserve(1, .of("mug", 1))
    }
}
