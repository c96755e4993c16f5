import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceStorage
import TestSupport

extension StockTableContract {
    func checkQueries(_ table: any StockTable, _ expect: (Bool, String) -> Void) async throws {
        let inventory = LockedInventory(table: table, locks: InMemoryLockProvider())
        try await inventory.stock("mug", .units(10))
        for (number, deadline) in [(1, 30), (2, 20), (3, 20), (4, 10), (5, 40)] as [(Int, Int64)] {
            try await inventory.reserve(number, [ReservationLine("mug", .one)], until: deadline)
        }
        try await inventory.allocate(.number(4), at: .second(2))
        try await inventory.release(.number(5), at: .second(2))
        let due = try await table.reservations(dueBy: .second(30), limit: 10).map(\.id)
        expect(due == [.number(2), .number(3), .number(1)], "due: \(due)")
        expect(try await table.reservations(dueBy: .second(29), limit: 10).count == 2, "due at 29")
        expect(try await table.reservations(dueBy: .second(30), limit: 1).map(\.id) == [.number(2)], "one due")
        expect(try await table.reservations(dueBy: .second(19), limit: 10).isEmpty, "nothing is due")
        let open = try await table.openReservations(after: nil, limit: 10).map(\.id)
        expect(open == [.number(1), .number(2), .number(3), .number(4)], "open: \(open)")
        let next = try await table.openReservations(after: .number(1), limit: 2).map(\.id)
        expect(next == [.number(2), .number(3)], "the next page: \(next)")
        expect(try await table.openReservations(after: .number(4), limit: 2).isEmpty, "after the last one")
    }

    func checkAwaiting(_ table: any StockTable, _ expect: (Bool, String) -> Void) async throws {
        let inventory = LockedInventory(table: table, locks: InMemoryLockProvider())
        try await inventory.stock("mug", .one)
        let backorders = BackorderTerms(limit: try Quantity(10), promisedAt: .second(500))
        try await inventory.setTerms(SaleTerms(backorders: backorders), for: "mug", at: .second(0))
        for (number, second) in [(3, 5), (1, 6), (2, 5), (4, 7)] as [(Int, Int64)] {
            try await inventory.reserve(number, [ReservationLine("mug", .one)], at: second, until: 100)
        }
        let point = StockPoint("mug")
        let waiting = try await table.reservations(awaiting: point, limit: 10).map(\.id)
        expect(waiting == [.number(2), .number(1), .number(4)], "waiting: \(waiting)")
        expect(try await table.reservations(awaiting: point, limit: 1).map(\.id) == [.number(2)], "the first one")
        let elsewhere = try await table.reservations(awaiting: StockPoint("mug", at: "depot"), limit: 10)
        expect(elsewhere.isEmpty, "at another location")
        try await inventory.release(.number(2), at: .second(8))
        let rest = try await table.reservations(awaiting: point, limit: 10).map(\.id)
        expect(rest == [.number(1), .number(4)], "after a release: \(rest)")
    }

    func checkMovements(_ table: any StockTable, _ expect: (Bool, String) -> Void) async throws {
        let movements = (1...7).map { number in
            StockMovement(
                id: MovementID(bits: UInt128(number)),
                sku: "mug",
                kind: .restock,
                deltas: StockDeltas(onHand: 1),
                reservation: nil,
                reference: "order-7",
                time: .second(10 - Int64(number))
            )
        }
        expect(try await table.movements(after: .start, limit: 3).movements.isEmpty, "an empty table moves")
        for batch in [movements[..<4], movements[4...]] {
            try await table.write(StockTableWrite(movements: Array(batch)))
        }
        var read: [StockMovement] = []
        var cursor = MovementCursor.start
        for _ in 0..<4 {
            let slice = try await table.movements(after: cursor, limit: 3)
            expect(slice.movements.count <= 3, "a page that is too large")
            read += slice.movements
            cursor = slice.next
        }
        expect(read == movements, "read: \(read.map(\.id))")
        try await table.write(StockTableWrite(movements: [movements[0]]))
        expect(try await table.movements(after: cursor, limit: 3).movements == [movements[0]], "after the last page")
    }

    func checkForgetting(_ table: any StockTable, _ expect: (Bool, String) -> Void) async throws {
        let inventory = LockedInventory(table: table, locks: InMemoryLockProvider())
        try await inventory.stock("mug", .units(10))
        for number in 1...4 { try await inventory.reserve(number, [ReservationLine("mug", .one)]) }
        for number in 1...3 { try await inventory.release(.number(number), at: .second(Int64(number))) }
        let ids = (1...4).map { ReservationID.number($0) }
        let change = MovementID(bits: "mug".utf8.reduce(1) { $0 << 8 | UInt128($1) })
        let query = StockTableQuery(reservations: ids, changes: [change])
        try await table.forget(endedBy: .second(-1), limit: 10)
        expect(try await table.read(query).reservations.count == 4, "too early")
        expect(try await table.read(query).changes.count == 1, "the change, too early")
        try await table.forget(endedBy: .second(2), limit: 1)
        expect(try await table.read(query).reservations.count == 3, "the limit")
        try await table.forget(endedBy: .second(2), limit: 10)
        let rows = try await table.read(query)
        expect(rows.reservations.keys.sorted() == [.number(3), .number(4)], "left: \(rows.reservations.keys)")
        expect(rows.changes.isEmpty, "the change was not forgotten")
        let open = try await table.openReservations(after: nil, limit: 10).map(\.id)
        expect(open == [.number(4)], "open: \(open)")
        expect(try await inventory.figures("mug") == [10, 1, 0], "the level")
    }
}
