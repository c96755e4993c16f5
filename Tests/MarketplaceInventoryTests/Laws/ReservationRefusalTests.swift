import MarketplaceCore
import MarketplaceInventory
import TestSupport
import Testing

/// Why a reservation is refused, with the facts, on every form.
struct ReservationRefusalTests {
    @Test(arguments: InventoryForm.allCases)
    func insufficientStockNamesWhatIsWantedAndWhatIsThere(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(5))
        try await inventory.reserve(1, [ReservationLine("mug", .units(2))])
        try await inventory.reserve(2, [ReservationLine("mug", .one)])
        try await inventory.allocate(.number(2), at: .second(2))
        let short = try await refusal { () async throws(InventoryError) in
            try await inventory.reserve(3, [ReservationLine("mug", .units(3))])
        }
        #expect(short == .insufficientStock("mug", requested: 3, available: 2))
        #expect(short?.effect == .refused)
        #expect(try await inventory.reservation(.number(3)) == nil)
        // A refused id can be used again.
        try await inventory.reserve(3, [ReservationLine("mug", .units(2))])
    }

    @Test(arguments: InventoryForm.allCases)
    func severalSKUsAreSetAsideAllOrNone(form: InventoryForm) async throws {
        let inventory = form.make()
        for number in 0..<20 { try await inventory.stock(sku(number), .units(5)) }
        let all = (0..<20).map { ReservationLine(sku($0), .units(2)) }
        for short in 0..<20 {
            var lines = all
            lines[short] = ReservationLine(sku(short), .units(6))
            let answer = try await refusal { () async throws(InventoryError) in
                try await inventory.reserve(1, ReservationLines(lines))
            }
            #expect(answer == .insufficientStock(sku(short), requested: 6, available: 5))
        }
        for number in 0..<20 { #expect(try await inventory.figures(sku(number)) == [5, 0, 0]) }
        let reservation = try await inventory.reserve(1, ReservationLines(all))
        #expect(try await inventory.reserve(1, ReservationLines(all.reversed())).lines.count == reservation.lines.count)
        try await inventory.allocate(.number(1), at: .second(2))
        try await inventory.ship(.number(1), at: .second(3))
        for number in 0..<20 { #expect(try await inventory.figures(sku(number)) == [3, 0, 0]) }
        #expect(try await inventory.allMovements().count == 20 * 4)
    }

    @Test(arguments: InventoryForm.allCases)
    func overdueHoldsAreEndedByWhoeverNeedsTheirUnits(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(300))
        for number in 1...300 { try await inventory.reserve(number, [ReservationLine("mug", .one)], at: 1, until: 10) }
        let early = try await refusal { () async throws(InventoryError) in
            try await inventory.reserve(1_000, [ReservationLine("mug", .units(300))], at: 9)
        }
        #expect(early == .insufficientStock("mug", requested: 300, available: 0))
        try await inventory.reserve(1_000, [ReservationLine("mug", .units(300))], at: 10)
        #expect(try await inventory.figures("mug") == [300, 300, 0])
        #expect(try await inventory.allMovements().filter { $0.kind == .expiry }.count == 300)
    }
}
