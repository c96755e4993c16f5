import MarketplaceCore
import MarketplaceInventory

extension InventoryLaws {
    /// A life of two SKUs with all that can happen.
    private static func live(_ probe: InventoryProbe, _ skus: [SKU], from first: Int = 1) async throws {
        for sku in skus {
            try await probe.restock(9, of: sku)
            let later = BackorderTerms(limit: try Quantity(5), promisedAt: InventoryProbe.second(900))
            try await probe.setTerms(SaleTerms(backorders: later), of: sku)
        }
        let all = try InventoryProbe.lines(skus.map { .of($0, 2) })
        for number in first..<first + 4 { try await probe.reserve(number, all, until: 30) }
        for number in first..<first + 2 { try await probe.allocate(number) }
        try await probe.release(first + 2)
        try await probe.ship(first)
        try await probe.expire(by: 30)
        try await probe.reserve(first + 5, try InventoryProbe.lines(skus.map { .of($0, 8) }), at: 31)
        try await probe.allocate(first + 5, .of(skus[0], 6), at: 32)
        try await probe.release(first + 5, .of(skus[0], 4), at: 33)
        try await probe.record(.announcement(4), of: skus[0])
        try await probe.record(.arrival(try Quantity(4)), of: skus[0])
        for sku in skus { try await probe.fill(sku, second: 34) }
        try await probe.record(.transfer(.one, to: "east"), of: skus[0])
        try await probe.record(.customerReturn(.one), of: skus[0])
        try await probe.record(.damage(.one), of: skus[0])
    }

    /// The movements of every moment add up to what the levels were then.
    public static let movementsAddUp = InventoryLaw(
        "movement.sums",
        "Levels are the sums of their movements, which never leave a part below zero on the way, whatever happens."
    ) { probe in
        try await live(probe, ["mug", "pen"])
        try await probe.demandSums(["mug", "pen"])
        _ = try await probe.crowd(6) { caller, inventory in
            for step in 1...8 {
                let number = 100 + (caller * 5 + step) % 20
                _ = try await probe.refusal {
                    switch (caller + step) % 5 {
                    case 0, 1: try await probe.reserve(number, .of("mug", 1), .of("pen", 1), at: 40, on: inventory)
                    case 2: try await probe.allocate(number, at: 41, on: inventory)
                    case 3: try await probe.release(number, .of("pen", 1), at: 42, on: inventory)
                    default: try await probe.ship(number, .of("mug", 1), at: 43, on: inventory)
                    }
                }
            }
        }
        try await probe.demandSums(["mug", "pen"])
    }

    /// Each change has its movement, once, with all that belongs to it.
    public static let changesHaveOneMovement = InventoryLaw(
        "movement.once",
        "Every change writes one movement per SKU and location, with its id, reservation, reference, kind and time."
    ) { probe in
        try await probe.record(.restock(try Quantity(9)), of: "mug", id: 7, reference: "delivery-3", second: 1)
        try await probe.record(.restock(try Quantity(9)), of: "mug", at: "east", id: 8, second: 2)
        try await probe.reserve(1, .of("mug", 2), .of("mug", 1, at: "east"), at: 3, until: 60)
        try await probe.reserve(2, .of("mug", 1), at: 4, until: 60)
        try await probe.reserve(3, .of("mug", 1), at: 5, until: 10)
        try await probe.allocate(1, at: 6)
        try await probe.release(2, at: 7)
        try await probe.ship(1, at: 8)
        try await probe.expire(by: 10)
        func line(_ kind: StockMovementKind, _ deltas: StockDeltas, _ number: Int?, _ second: Int64) -> String {
            let reservation = number.map { "\(InventoryProbe.id($0)) for order-\($0)" } ?? "none"
            return "\(kind) of \(deltas.summary) by \(reservation) at \(InventoryProbe.second(second))"
        }
        let expected: [LocationKey: [String]] = [
            .main: [
                line(.restock, StockDeltas(onHand: 9), nil, 1), line(.reservation, StockDeltas(held: 2), 1, 3),
                line(.reservation, StockDeltas(held: 1), 2, 4), line(.reservation, StockDeltas(held: 1), 3, 5),
                line(.allocation, StockDeltas(held: -2, allocated: 2), 1, 6),
                line(.cancellation, StockDeltas(held: -1), 2, 7),
                line(.sale, StockDeltas(onHand: -2, allocated: -2), 1, 8),
                line(.expiry, StockDeltas(held: -1), 3, 10),
            ],
            "east": [
                line(.restock, StockDeltas(onHand: 9), nil, 2), line(.reservation, StockDeltas(held: 1), 1, 3),
                line(.allocation, StockDeltas(held: -1, allocated: 1), 1, 6),
                line(.sale, StockDeltas(onHand: -1, allocated: -1), 1, 8),
            ],
        ]
        let movements = try await probe.movements()
        for (location, lines) in expected {
            let found = movements.filter { $0.location == location && $0.sku == "mug" }.map { movement in
                let reference = movement.reference.map { " for \($0)" } ?? ""
                let reservation = movement.reservation.map { "\($0)\(reference)" } ?? "none"
                return "\(movement.kind) of \(movement.deltas.summary) by \(reservation) at \(movement.time)"
            }
            try LawBreach.unlessEqual(found, lines, "the movements at \(location)")
        }
        try LawBreach.unlessEqual(movements.count, 12, "how many movements there are")
        let restocks = movements.filter { $0.kind == .restock }
        try LawBreach.unlessEqual(Set(restocks.map(\.id.bits)), [7, 8], "the ids of the changes that were recorded")
        let references = restocks.compactMap(\.reference)
        try LawBreach.unlessEqual(references, ["delivery-3"], "the references of the changes that were recorded")
        try await probe.demandSums(["mug"])
    }

    /// Movements are read in pages of any size, none lost and none twice.
    public static let movementsArePaged = InventoryLaw(
        "movement.paged",
        "Movements are read in pages of any size, none lost, none twice, those of a SKU in order; a cursor is good again."
    ) { probe in
        try await live(probe, ["mug", "pen", "cup"])
        let all = try await probe.movements()
        try LawBreach.unless(all.count > 30, "more than 30 movements", found: "\(all.count)")
        let byBits = Dictionary(grouping: all, by: \.sku).mapValues { $0.map(\.id.bits) }
        for pageSize in 1...(all.count + 1) {
            var read: [StockMovement] = []
            var cursor = MovementCursor.start
            while true {
                let slice = try await probe.second.movements(after: cursor, limit: pageSize)
                let count = slice.movements.count
                try LawBreach.unless(count <= pageSize, "at most \(pageSize) movements", found: "\(count)")
                try LawBreach.unlessEqual(slice.missedCount, 0, "how many movements were missed")
                if pageSize < 4 {
                    let again = try await probe.first.movements(after: cursor, limit: pageSize)
                    try LawBreach.unlessEqual(again.movements, slice.movements, "the same page again")
                }
                if count == 0 { break }
                read += slice.movements
                cursor = slice.next
            }
            let found = Dictionary(grouping: read, by: \.sku).mapValues { $0.map(\.id.bits) }
            try LawBreach.unlessEqual(found, byBits, "the ids of the movements, read \(pageSize) at once")
        }
    }

    /// A reader among writers misses nothing.
    public static let readersMissNothing = InventoryLaw(
        "movement.followed",
        "A reader that follows the movements while others write misses none and reads none twice, each SKU in order."
    ) { probe in
        let skus: [SKU] = ["mug", "pen", "cup"]
        for sku in skus { try await probe.restock(500, of: sku) }
        let done = InventoryProbe.Tally()
        let writers = 5
        let answers = try await probe.crowd(writers + 1) { caller, inventory -> [StockMovement] in
            if caller < writers {
                for step in 1...12 {
                    let number = caller * 100 + step
                    try await probe.reserve(number, .of(skus[step % 3], 1), .of(skus[caller % 3], 1), on: inventory)
                    if step.isMultiple(of: 2) { try await probe.allocate(number, on: inventory) }
                    await Task.yield()
                }
                done.add()
                return []
            }
            var read: [StockMovement] = []
            var cursor = MovementCursor.start
            while true {
                let isLast = done.value == writers
                let slice = try await inventory.movements(after: cursor, limit: 7)
                read += slice.movements
                cursor = slice.next
                if isLast, slice.movements.isEmpty { return read }
                await Task.yield()
            }
        }
        let all = try await probe.movements()
        for sku in skus {
            let found = answers[writers].filter { $0.sku == sku }.map(\.id)
            let expected = all.filter { $0.sku == sku }.map(\.id)
            try LawBreach.unlessEqual(Set(found).count, found.count, "how many different movements of \(sku) were read")
            try LawBreach.unless(
                found == expected,
                "the movements of \(sku) in order: \(expected.count)",
                found: "\(found.count), \(Set(expected).subtracting(found).count) missing or another order"
            )
        }
        try await probe.demandSums(skus)
    }

    /// Open reservations are read in pages, by ascending id.
    public static let openReservationsArePaged = InventoryLaw(
        "reservation.paged",
        "Open reservations are read in pages of any size by ascending id, none lost and none twice, ended ones never."
    ) { probe in
        try await probe.restock(50, of: "mug")
        let numbers = [14, 3, 9, 27, 1, 20, 8, 260, 70_000]
        for number in numbers { try await probe.reserve(number, .of("mug", 1)) }
        try await probe.reserve(5, .of("mug", 1))
        try await probe.release(5)
        try await probe.release(6)
        try await probe.allocate(9)
        let open = numbers.sorted()
        for pageSize in 1...(open.count + 1) {
            var read: [Int] = []
            var last: ReservationID?
            repeat {
                let slice = try await probe.second.openReservations(after: last, limit: pageSize)
                let page = slice.reservations.map { Int($0.id.bits) }
                try LawBreach.unless(page.count <= pageSize, "at most \(pageSize)", found: "\(page.count)")
                read += page
                try LawBreach.unless(slice.next == nil || slice.next != last, "a way on", found: "the same place")
                last = slice.next
            } while last != nil && read.count < 100
            try LawBreach.unlessEqual(read, open, "the open reservations, read \(pageSize) at once")
        }
        let after = try await probe.first.openReservations(after: InventoryProbe.id(10), limit: 3)
        try LawBreach.unlessEqual(after.reservations.map { Int($0.id.bits) }, [14, 20, 27], "those after 10")
        let states = try await probe.first.openReservations(after: InventoryProbe.id(8), limit: 2).reservations.map(
            \.state
        )
        try LawBreach.unlessEqual(states, [.allocated, .held], "the states of 9 and 14")
    }
}
