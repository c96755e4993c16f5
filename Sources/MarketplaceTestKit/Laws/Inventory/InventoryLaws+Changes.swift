import MarketplaceCore
import MarketplaceInventory

extension InventoryLaws {
    private struct Change: Sendable {
        let action: StockAction
        let kind: StockMovementKind
        let deltas: StockDeltas
    }

    /// Every kind of change at one location, with what it does.
    private static func changes() throws -> [Change] {
        let three = try Quantity(3)
        return [
            Change(action: .restock(three), kind: .restock, deltas: StockDeltas(onHand: 3)),
            Change(action: .arrival(three), kind: .restock, deltas: StockDeltas(onHand: 3, incoming: -3)),
            Change(action: .announcement(3), kind: .announcement, deltas: StockDeltas(incoming: 3)),
            Change(action: .announcement(-3), kind: .announcement, deltas: StockDeltas(incoming: -3)),
            Change(action: .adjustment(3), kind: .adjustment, deltas: StockDeltas(onHand: 3)),
            Change(action: .adjustment(-3), kind: .adjustment, deltas: StockDeltas(onHand: -3)),
            Change(action: .customerReturn(three), kind: .customerReturn, deltas: StockDeltas(onHand: 3)),
            Change(action: .damagedReturn(three), kind: .customerReturn, deltas: StockDeltas(damaged: 3)),
            Change(action: .damage(three), kind: .damage, deltas: StockDeltas(onHand: -3, damaged: 3)),
            Change(action: .disposal(three), kind: .adjustment, deltas: StockDeltas(damaged: -3)),
        ]
    }

    /// Makes a level of which every part has some units: 7 on hand, of which 1 is held and 2 are allocated, 3 incoming
    /// and 3 damaged.
    private static func fillLevel(of sku: SKU, _ probe: InventoryProbe, reserving number: Int) async throws {
        try await probe.restock(7, of: sku)
        try await probe.record(.announcement(3), of: sku)
        try await probe.record(.damagedReturn(try Quantity(3)), of: sku)
        try await probe.reserve(number, .of(sku, 3))
        try await probe.allocate(number, .of(sku, 2))
    }

    /// Every change moves exactly the parts it says.
    public static let changesMoveTheirParts = InventoryLaw(
        "change.parts",
        "Every change that is recorded moves exactly its parts of the level, as its one movement says."
    ) { probe in
        let full = StockDeltas(onHand: 7, held: 1, allocated: 2, incoming: 3, damaged: 3)
        for (number, change) in try changes().enumerated() {
            let sku = SKU(stringLiteral: "mug-\(number)")
            try await fillLevel(of: sku, probe, reserving: number)
            let level = try await probe.record(change.action, of: sku, id: number + 1, reference: "count-7", second: 9)
            let expected = full + change.deltas
            try LawBreach.unlessEqual(level.parts.summary, expected.summary, "the level right after \(change.action)")
            try await probe.demandLevel(expected, of: sku, "after \(change.action)")
            let movements = try await probe.movements()
                .filter { $0.sku == sku && $0.time == InventoryProbe.second(9) }
            try LawBreach.unlessEqual(movements.map(\.deltas.summary), [change.deltas.summary], "its movement")
            try LawBreach.unlessEqual(movements.map(\.kind), [change.kind], "the kind of \(change.action)")
            try LawBreach.unlessEqual(movements.map(\.reference), ["count-7"], "the reference of \(change.action)")
            try LawBreach.unlessEqual(movements.map(\.id.bits), [UInt128(number + 1)], "the id of \(change.action)")
        }
        try await probe.demandUnchanged(["mug-0"], "a change of no units") {
            try await probe.record(.adjustment(0), of: "mug-0")
            try await probe.record(.announcement(0), of: "mug-0")
        }
        try await fillLevel(of: "pen", probe, reserving: 100)
        let source = try await probe.record(.transfer(try Quantity(4), to: "east"), of: "pen", second: 9)
        try LawBreach.unlessEqual(source.onHand, 3, "what is on hand where a transfer came from")
        let left = StockDeltas(onHand: 3, held: 1, allocated: 2, incoming: 3, damaged: 3)
        try await probe.demandLevel(left, of: "pen", "after a transfer")
        try await probe.demandLevel(StockDeltas(onHand: 4), of: "pen", at: "east", "after a transfer")
        let parts = try await probe.movements().filter { $0.sku == "pen" && $0.time == InventoryProbe.second(9) }
        try LawBreach.unlessEqual(parts.map(\.kind), [.transferOut, .transferIn], "the movements of a transfer")
        try LawBreach.unlessEqual(parts.map(\.location), [.main, "east"], "where they are")
        try await probe.demandSums(["pen"])
    }

    /// A change of more units than there are is refused.
    public static let changesTakeWhatIsThere = InventoryLaw(
        "change.beyond",
        "A change that would take more units than are there, or promised ones, is refused with the facts."
    ) { probe in
        try await fillLevel(of: "mug", probe, reserving: 1)
        let point = StockPoint("mug")
        func beyond(_ part: StockPart, _ requested: Int64, _ present: Int64) -> InventoryRefusal {
            .insufficientUnits(point, part, requested: requested, present: present)
        }
        let (four, five) = (try Quantity(4), try Quantity(5))
        let refused: [(StockAction, InventoryRefusal)] = [
            (.damage(five), beyond(.unpromised, 5, 4)), (.adjustment(-5), beyond(.unpromised, 5, 4)),
            (.transfer(five, to: "east"), beyond(.unpromised, 5, 4)), (.disposal(four), beyond(.damaged, 4, 3)),
            (.arrival(four), beyond(.incoming, 4, 3)), (.announcement(-4), beyond(.incoming, 4, 3)),
            (.transfer(.one, to: .main), .sameLocation(point)),
        ]
        try await probe.demandUnchanged(["mug"], "there are too few units") {
            for (action, expected) in refused {
                try await probe.demandRefusal(expected, "\(action)") {
                    try await probe.record(action, of: "mug", id: 77)
                }
            }
        }
        // A refused id is free, and exactly what is there can be taken.
        let level = try await probe.record(.transfer(four, to: "east"), of: "mug", id: 77)
        try LawBreach.unlessEqual(level.unpromised, 0, "what is left when all that is not promised has gone")
        let unknown: [StockAction] = [
            .arrival(.one), .announcement(-1), .adjustment(-1), .damage(.one), .disposal(.one),
            .transfer(.one, to: "east"),
        ]
        for action in unknown {
            try await probe.demandRefusal(.unknownSKU("pen"), "\(action) of what never was") {
                try await probe.record(action, of: "pen", id: 78)
            }
        }
        let stock = try await probe.first.stock(of: ["pen"])
        try LawBreach.unless(stock.isEmpty, "the SKU stays unknown", found: SKUStock.summary(stock))
        let nothing = InventoryRefusal.insufficientUnits(
            StockPoint("mug", at: "west"),
            .unpromised,
            requested: 1,
            present: 0
        )
        try await probe.demandUnchanged(["mug"], "there never was any") {
            try await probe.demandRefusal(nothing, "a transfer from where there never was any") {
                try await probe.record(.transfer(.one, to: .main), of: "mug", at: "west")
            }
        }
        try await probe.demandSums(["mug"])
    }

    /// A change that is repeated changes nothing.
    public static let changesCanBeRepeated = InventoryLaw(
        "change.repeated",
        "A repeated change changes nothing, by many callers at once too; with other content its id is refused."
    ) { probe in
        try await probe.restock(50, of: "pen")
        for (number, change) in try changes().enumerated() {
            let sku = SKU(stringLiteral: "mug-\(number)")
            try await fillLevel(of: sku, probe, reserving: number)
            try await probe.record(change.action, of: sku, id: number + 1)
            let after = try await probe.level(of: sku)
            try await probe.demandUnchanged([sku], "\(change.action) is repeated") {
                for connection in [probe.first, probe.second] {
                    let level = try await probe.record(
                        change.action,
                        of: sku,
                        id: number + 1,
                        second: 5,
                        on: connection
                    )
                    try LawBreach.unlessEqual(level, after, "the answer to a repeated change")
                }
                let mismatch = InventoryRefusal.changeMismatch(MovementID(bits: UInt128(number + 1)))
                try await probe.demandRefusal(mismatch, "other units") {
                    try await probe.record(.restock(try Quantity(9)), of: sku, id: number + 1)
                }
                try await probe.demandRefusal(mismatch, "another SKU") {
                    try await probe.record(change.action, of: "pen", id: number + 1)
                }
                try await probe.demandRefusal(mismatch, "another location") {
                    try await probe.record(change.action, of: sku, at: "east", id: number + 1)
                }
            }
        }
        let three = try Quantity(3)
        _ = try await probe.crowd(8) { _, inventory in
            try await probe.record(.restock(three), of: "cup", id: 900, on: inventory)
        }
        _ = try await probe.crowd(8) { _, inventory in
            try await probe.record(.transfer(three, to: "east"), of: "cup", id: 901, on: inventory)
        }
        try await probe.demandLevel(StockDeltas(onHand: 3), of: "cup", at: "east", "recorded by eight at once")
        try await probe.demandSums(["cup"])
    }

    /// A transfer is one step.
    public static let transfersAreOneStep = InventoryLaw(
        "change.transfer",
        "Nobody sees the units of a transfer at both locations or at neither: its two movements stand side by side."
    ) { probe in
        try await probe.restock(10, of: "mug")
        let done = InventoryProbe.Tally()
        _ = try await probe.crowd(4) { caller, inventory -> Void in
            if caller < 3 {
                for step in 0..<20 {
                    let (source, destination): (LocationKey, LocationKey) =
                        step.isMultiple(of: 2) ? (.main, "east") : ("east", .main)
                    _ = try await probe.refusal {
                        try await probe.record(.transfer(.one, to: destination), of: "mug", at: source, on: inventory)
                    }
                    await Task.yield()
                }
                done.add()
                return
            }
            repeat {
                let slice = try await inventory.movements(after: .start, limit: InventoryLimits.pageSize)
                let sum = slice.movements.reduce(0) { $0 + $1.deltas.onHand }
                try LawBreach.unlessEqual(sum, 10, "what is on hand at all locations while units go back and forth")
                await Task.yield()
            } while done.value < 3
        }
        let movements = try await probe.movements().filter { $0.sku == "mug" }.dropFirst()
        for (index, movement) in movements.enumerated() {
            let expected: StockMovementKind = index.isMultiple(of: 2) ? .transferOut : .transferIn
            try LawBreach.unlessEqual(movement.kind, expected, "the movement after \(index) others")
        }
        try await probe.demandSums(["mug"])
    }

    /// Changes by many at once lose nothing.
    public static let changesAddUpAtOnce = InventoryLaw(
        "change.at-once",
        "Changes by many callers at once all count, and together never take what is promised or not there."
    ) { probe in
        try await probe.restock(20, of: "mug")
        try await probe.reserve(1, .of("mug", 5))
        let five = try Quantity(5)
        let answers = try await probe.crowd(12) { caller, inventory in
            try await probe.refusal {
                switch caller % 3 {
                case 0: try await probe.record(.damage(five), of: "mug", on: inventory)
                case 1: try await probe.record(.transfer(five, to: "east"), of: "mug", on: inventory)
                default: try await probe.record(.adjustment(-5), of: "mug", on: inventory)
                }
            }
        }
        try LawBreach.unlessEqual(answers.filter { $0 == nil }.count, 3, "how many of 12 changes take 5 of 15 units")
        let level = try await probe.level(of: "mug")
        try LawBreach.unlessEqual(level.onHand, 5, "what is left: the units that are promised")
        _ = try await probe.crowd(12) { _, inventory in
            for _ in 1...5 { try await probe.record(.restock(.one), of: "mug", on: inventory) }
        }
        try LawBreach.unlessEqual(try await probe.level(of: "mug").onHand, 65, "after 60 restocks by 12 at once")
        try await probe.demandSums(["mug"])
    }
}
