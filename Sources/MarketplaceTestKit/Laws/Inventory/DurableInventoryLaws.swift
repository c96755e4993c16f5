import MarketplaceCore
import MarketplaceInventory

/// The laws that an inventory keeps which outlives the processes that use it; see ``InventoryLaws``.
///
/// They are checked on a site that says what a restart is.
public enum DurableInventoryLaws {
    /// All of them.
    public static let all = LawSet([stockOutlivesRestarts])

    /// A process that starts anew finds everything as it was.
    public static let stockOutlivesRestarts = InventoryLaw(
        "durable.restart",
        "After a restart levels, terms, reservations, tombstones, ids and movements are what they were before."
    ) { probe in
        try await probe.restock(5, of: "mug")
        try await probe.setTerms(SaleTerms(perMemberLimit: try Quantity(3)), of: "mug")
        try await probe.record(.restock(.one), of: "pen", id: 7)
        try await probe.reserve(1, .of("mug", 2))
        try await probe.allocate(1, .of("mug", 1))
        try await probe.release(2)
        let stock = try await probe.second.stock(of: ["mug", "pen"])
        let open = try await probe.second.openReservations(after: nil, limit: 10)
        // Whoever has made them waits until nobody's open transaction holds them back; then nobody has to.
        let movements = try await probe.movements(of: probe.first)
        let cursor = try await probe.second.movements(after: .start, limit: 2).next

        let anew = RecordingInventory(try await probe.site.restart(), history: probe.history)
        let found = try await anew.stock(of: ["mug", "pen"])
        try LawBreach.unless(found == stock, "the stock from before", found: SKUStock.summary(found))
        let reservations = try await anew.openReservations(after: nil, limit: 10)
        try LawBreach.unlessEqual(reservations, open, "the open reservations from before")
        try LawBreach.unlessEqual(try await probe.movements(of: anew), movements, "the movements from before")
        let rest = try await anew.movements(after: cursor, limit: 100).movements
        try LawBreach.unlessEqual(rest.count, movements.count - 2, "how many movements follow a cursor from before")
        try await probe.demandRefusal(.released(InventoryProbe.id(2)), "a tombstone from before") {
            try await probe.reserve(2, .of("mug", 1), on: anew)
        }
        try await probe.record(.restock(.one), of: "pen", id: 7, on: anew)
        try await probe.demandRefusal(
            .memberLimit("mug", limit: 3, alreadyTaken: 2, requested: 2),
            "a limit from before"
        ) { try await probe.reserve(3, .of("mug", 2), on: anew) }
        try await probe.allocate(1, on: anew)
        try await probe.ship(1, on: anew)
        let level = try await anew.stock(of: ["mug", "pen"])
        try LawBreach.unlessEqual(level["mug"]?.onHand, 3, "what is left of one SKU")
        try LawBreach.unlessEqual(level["pen"]?.onHand, 1, "what there is of the other")
    }
}
