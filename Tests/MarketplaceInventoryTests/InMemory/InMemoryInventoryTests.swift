import MarketplaceCore
import MarketplaceInventory
import TestSupport
import Testing

/// What only the form in memory has.
struct InMemoryInventoryTests {
    @Test func endedReservationsAreForgottenAfterTheirRetention() throws {
        let inventory = InMemoryInventory(configuration: .init(retention: .seconds(100)))
        try inventory.record(
            .restock(id: MovementID(bits: 1), sku: "mug", quantity: .units(1_000_000), at: .second(0))
        )
        for number in 0..<50_000 {
            let id = ReservationID.number(number)
            let time = Timestamp.second(Int64(number / 100))
            let request = ReservationRequest(
                id: id,
                lines: [ReservationLine("mug", .one)],
                member: "ann",
                deadline: time.advanced(by: .seconds(10)),
                at: time
            )
            try inventory.reserve(request)
            try inventory.release(id, at: time)
        }
        let known = try (0..<50_000).filter { try inventory.reservation(.number($0)) != nil }
        // 100 a second, for 100 seconds, and a few more in shards that were not called upon lately.
        #expect(known.count >= 10_000)
        #expect(known.count < 10_600)
        #expect(known.last == 49_999)
    }

    @Test func movementsThatWereCopiedCanBeForgotten() async throws {
        let inventory = InMemoryInventory()
        try inventory.record(
            .restock(id: MovementID(bits: 1), sku: "mug", quantity: .units(1_000_000), at: .second(0))
        )
        for number in 0..<3_000 { try await inventory.reserve(number, [ReservationLine("mug", .one)]) }
        let first = try inventory.movements(after: .start, limit: 1_500)
        #expect(first.movements.count == 1_500)
        inventory.forgetMovements(before: first.next)
        let second = try inventory.movements(after: first.next, limit: 10_000)
        #expect(second.movements.count == 1_501)
        #expect(second.missedCount == 0)
        let late = try inventory.movements(after: .start, limit: 10_000)
        #expect(late.missedCount == 1_024)
        #expect(late.movements.count == 3_001 - 1_024)
        #expect(late.movements.last == second.movements.last)
    }

    @Test func aShardKeepsNoMoreMovementsThanItMay() async throws {
        let inventory = InMemoryInventory(configuration: .init(movementsPerShard: 1_024))
        try inventory.record(
            .restock(id: MovementID(bits: 1), sku: "mug", quantity: .units(1_000_000), at: .second(0))
        )
        for number in 0..<5_000 { try await inventory.reserve(number, [ReservationLine("mug", .one)]) }
        let slice = try inventory.movements(after: .start, limit: 10_000)
        #expect(slice.movements.count <= 1_024)
        #expect(slice.missedCount + UInt64(slice.movements.count) == 5_001)
        #expect(try inventory.movements(after: slice.next, limit: 10).movements.isEmpty)
    }

    @Test func holdsExpireInTheOrderOfTheirDeadlinesAmongManyThatNoLongerHaveOne() async throws {
        var generator = SeededGenerator(seed: 5)
        let inventory = InMemoryInventory()
        try inventory.record(
            .restock(id: MovementID(bits: 1), sku: "mug", quantity: .units(1_000_000), at: .second(0))
        )
        var due: [Int: Int64] = [:]
        for number in 0..<20_000 {
            let deadline = Int64(2 + generator.next(through: 999))
            try await inventory.reserve(number, [ReservationLine("mug", .one)], until: deadline)
            if generator.next(through: 3) == 0 {
                due[number] = deadline
            } else {
                try inventory.allocate(.number(number), at: .second(1))
            }
        }
        for second in stride(from: Int64(0), through: 1_001, by: 77) + [1_001] {
            let expired = try inventory.expire(dueBy: .second(second), limit: 10_000)
            let expected = due.filter { $0.value <= second }.keys
            #expect(Set(expired.map(\.id)) == Set(expected.map { ReservationID.number($0) }))
            for number in expected { due[number] = nil }
        }
        #expect(due.isEmpty)
    }

    @Test func keysThatLookAlikeAreTwoKeys() throws {
        let inventory = InMemoryInventory()
        let composed: SKU = "caf\u{E9}"
        let decomposed: SKU = "cafe\u{301}"
        try inventory.record(.restock(id: MovementID(bits: 1), sku: composed, quantity: .one, at: .second(0)))
        try inventory.record(
            .restock(id: MovementID(bits: 2), sku: decomposed, quantity: .units(2), at: .second(0))
        )
        let levels = try inventory.stock(of: [composed, decomposed])
        #expect(levels[composed]?.onHand == 1)
        #expect(levels[decomposed]?.onHand == 2)
    }

    @Test func manySKUsAndMembersKeepTheirOwnCounts() throws {
        let inventory = InMemoryInventory()
        for number in 0..<2_000 {
            let receipt = StockChange.restock(
                id: MovementID(bits: UInt128(number + 1)),
                sku: sku(number),
                quantity: .units(9),
                at: .second(0)
            )
            try inventory.record(receipt)
            try inventory.setTerms(SaleTerms(perMemberLimit: .units(2)), for: sku(number), at: .second(0))
        }
        for number in 0..<20_000 {
            let request = ReservationRequest(
                id: .number(number),
                lines: [ReservationLine(sku(number % 2_000), .one)],
                member: MemberKey(stringLiteral: "member-\(number / 4_000)"),
                deadline: .second(2),
                at: .second(1)
            )
            if number / 2_000 < 9 {
                try inventory.reserve(request)
                if number / 2_000 % 2 == 1 { try inventory.release(.number(number), at: .second(1)) }
            }
        }
        for number in 0..<2_000 { #expect(try inventory.stock(of: [sku(number)])[sku(number)]?.held == 5) }
    }
}
