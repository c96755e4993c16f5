import MarketplaceCore
import MarketplaceInventory

extension InventoryLaws {
    /// What one connection does binds every other at once.
    public static let connectionsAgree = InventoryLaw(
        "caller.connections",
        "What is done on one connection is seen and binds on every other at once; callers in turn never contend."
    ) { probe in
        let connections = [probe.first, probe.second]
        for step in 0..<12 {
            let (here, there) = (connections[step % 2], connections[(step + 1) % 2])
            let sku = SKU(stringLiteral: "mug-\(step % 3)")
            try await probe.record(.restock(try Quantity(4)), of: sku, on: here)
            try await probe.reserve(step, .of(sku, 2), on: there)
            try await probe.setTerms(SaleTerms(maximumPerPurchase: .one), of: sku, on: here)
            try await probe.demandRefusal(.aboveMaximum(sku, maximum: 1, requested: 2), "terms set elsewhere") {
                try await probe.reserve(100 + step, .of(sku, 2), on: there)
            }
            try await probe.setTerms(SaleTerms(safetyStock: 1_000), of: sku, on: here)
            let expected = InventoryRefusal.insufficientStock(sku, requested: 1, available: 0)
            try await probe.demandRefusal(expected, "safety stock set elsewhere") {
                try await probe.reserve(100 + step, .of(sku, 1), on: there)
            }
            let level = try await probe.record(.restock(.one), of: sku, on: there)
            try LawBreach.unlessEqual(level.safetyStock, 1_000, "the safety stock of a level, set elsewhere")
            try await probe.setTerms(SaleTerms(safetyStock: 7), of: sku, on: here)
            let later = try await probe.record(.restock(.one), of: sku, on: there)
            try LawBreach.unlessEqual(later.safetyStock, 7, "the safety stock of a level, set elsewhere just before")
            try await probe.setTerms(.unrestricted, of: sku, on: there)
            try await probe.allocate(step, on: here)
            try await probe.release(step, .of(sku, 1), on: there)
            try await probe.ship(step, on: here)
        }
        try await probe.demandSums(["mug-0", "mug-1", "mug-2"])
    }

    /// A caller who is cancelled leaves all of what it wanted or nothing.
    public static let cancelledCallersLeaveNoHalves = InventoryLaw(
        "caller.cancelled",
        "A call whose caller is cancelled has happened wholly or not at all, and can be repeated."
    ) { probe in
        let skus: [SKU] = ["mug", "pen", "cup"]
        for sku in skus { try await probe.restock(500, of: sku) }
        let lines = try InventoryProbe.lines(skus.map { .of($0, 2) })
        for round in 0..<40 {
            let number = round + 1
            let inventory = round.isMultiple(of: 2) ? probe.first : probe.second
            let task = Task {
                try await probe.reserve(number, lines, on: inventory)
                try await probe.allocate(number, on: inventory)
                try await probe.record(.transfer(.one, to: "east"), of: "mug", id: number, on: inventory)
                try await probe.ship(number, on: inventory)
            }
            // How far it gets in one yield depends on how busy the machine is.
            for _ in 0..<(round * round / 8) { await Task.yield() }
            task.cancel()
            _ = await task.result
            let state = try await probe.second.reservation(InventoryProbe.id(number))?.state
            let transfers = try await probe.movements().filter { $0.kind == .transferOut || $0.kind == .transferIn }
            try LawBreach.unless(transfers.count.isMultiple(of: 2), "whole transfers", found: "\(transfers.count)")
            if state == nil { try await probe.reserve(number, lines) }
            if state != .shipped {
                try await probe.allocate(number)
                try await probe.record(.transfer(.one, to: "east"), of: "mug", id: number)
                try await probe.ship(number)
            }
            try await probe.demandState(.shipped, of: number, "every call was repeated")
        }
        try await probe.demandLevel(StockDeltas(onHand: 500 - 40 * 2), of: "pen", "all was shipped once")
        try await probe.demandLevel(StockDeltas(onHand: 40), of: "mug", at: "east", "all was transferred once")
        try await probe.demandSums(skus)
    }
}
