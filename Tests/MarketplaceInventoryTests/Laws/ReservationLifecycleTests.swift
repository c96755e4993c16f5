import MarketplaceCore
import MarketplaceInventory
import TestSupport
import Testing

/// What becomes of a reservation, on every form.
struct ReservationLifecycleTests {
    @Test(arguments: InventoryForm.allCases)
    func aReservationGoesFromHeldToAllocatedToShipped(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(10))
        let reservation = try await inventory.reserve(1, [ReservationLine("mug", .units(3))])
        #expect(reservation.state == .held)
        #expect(reservation.reference == "order-7")
        #expect(try await inventory.figures("mug") == [10, 3, 0])
        #expect(try await inventory.allocate(.number(1), at: .second(2)) == .allocated)
        #expect(try await inventory.figures("mug") == [10, 0, 3])
        try await inventory.ship(.number(1), at: .second(3))
        #expect(try await inventory.figures("mug") == [7, 0, 0])
        let record = try await inventory.reservation(.number(1))
        #expect(
            record
                == .ended(
                    EndedReservation(id: .number(1), state: .shipped, deadline: .second(61), endedAt: .second(3))
                )
        )
        let kinds = try await inventory.allMovements().map(\.kind)
        #expect(kinds == [.restock, .reservation, .allocation, .sale])
    }

    @Test(arguments: InventoryForm.allCases)
    func everyCallCanBeRepeated(form: InventoryForm) async throws {
        let inventory = form.make()
        let receipt = StockChange.restock(id: MovementID(bits: 9), sku: "mug", quantity: .units(5), at: .second(0))
        for _ in 0..<3 { #expect(try await inventory.record(receipt).onHand == 5) }
        for second in 1...3 {
            let reservation = try await inventory.reserve(1, [ReservationLine("mug", .units(2))], at: Int64(second))
            #expect(reservation.deadline == .second(61))
            #expect(reservation.reservedAt == .second(1))
        }
        for _ in 0..<3 { #expect(try await inventory.allocate(.number(1), at: .second(4)) == .allocated) }
        #expect(try await inventory.reserve(1, [ReservationLine("mug", .units(2))], at: 5).state == .allocated)
        for _ in 0..<3 { try await inventory.ship(.number(1), at: .second(6)) }
        #expect(try await inventory.allocate(.number(1), at: .second(7)) == .shipped)
        try await inventory.reserve(2, [ReservationLine("mug", .one)])
        for _ in 0..<3 { #expect(try await inventory.release(.number(2), at: .second(8)) == .released) }
        #expect(try await inventory.figures("mug") == [3, 0, 0])
        #expect(try await inventory.allMovements().count == 6)
    }

    @Test(arguments: InventoryForm.allCases)
    func aReleaseGivesBackWhatWasHeldOrAllocated(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(5))
        try await inventory.reserve(1, [ReservationLine("mug", .units(2))])
        try await inventory.reserve(2, [ReservationLine("mug", .units(3))])
        try await inventory.allocate(.number(2), at: .second(2))
        #expect(try await inventory.release(.number(1), at: .second(3)) == .released)
        #expect(try await inventory.release(.number(2), at: .second(3)) == .released)
        #expect(try await inventory.figures("mug") == [5, 0, 0])
        let last = try await inventory.allMovements().suffix(2).map(\.deltas)
        #expect(last == [StockDeltas(held: -2), StockDeltas(allocated: -3)])
    }

    @Test(arguments: InventoryForm.allCases)
    func aReservationThatWasReleasedIsRefusedWhateverItAsks(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(5))
        try await inventory.reserve(1, [ReservationLine("mug", .units(2))])
        try await inventory.release(.number(1), at: .second(2))
        let expected = InventoryRefusal.released(.number(1))
        #expect(
            try await refusal { () async throws(InventoryError) in
                try await inventory.allocate(.number(1), at: .second(3))
            } == expected
        )
        #expect(
            try await refusal { () async throws(InventoryError) in try await inventory.ship(.number(1), at: .second(3))
            } == expected
        )
        #expect(
            try await refusal { () async throws(InventoryError) in
                try await inventory.reserve(1, [ReservationLine("mug", .units(2))])
            } == expected
        )
    }

    @Test(arguments: InventoryForm.allCases)
    func aReleaseThatComesFirstLeavesATombstone(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(5))
        for _ in 0..<2 { #expect(try await inventory.release(.number(1), at: .second(1)) == .neverReserved) }
        let late = try await refusal { () throws(InventoryError) in
            try await inventory.reserve(1, [ReservationLine("mug", .units(2))], at: 2)
        }
        #expect(late == .released(.number(1)))
        #expect(try await inventory.figures("mug") == [5, 0, 0])
        let tombstone = EndedReservation(id: .number(1), state: .released, deadline: nil, endedAt: .second(1))
        #expect(try await inventory.reservation(.number(1)) == .ended(tombstone))
    }

    @Test(arguments: InventoryForm.allCases)
    func aPaymentThatComesAfterTheDeadlineIsRefused(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(5))
        try await inventory.reserve(1, [ReservationLine("mug", .units(2))], at: 1, until: 10)
        try await inventory.reserve(2, [ReservationLine("mug", .one)], at: 1, until: 10)
        #expect(try await inventory.allocate(.number(2), at: .second(9)) == .allocated)
        let expected = InventoryRefusal.expired(.number(1), deadline: .second(10))
        for second in [10, 11, 9] {
            let late = try await refusal { () throws(InventoryError) in
                try await inventory.allocate(.number(1), at: .second(Int64(second)))
            }
            #expect(late == expected)
        }
        #expect(try await inventory.figures("mug") == [5, 0, 1])
        #expect(try await inventory.release(.number(1), at: .second(12)) == .expired)
        #expect(try await inventory.allMovements().last?.kind == .expiry)
        #expect(try await inventory.expire(dueBy: .second(1_000), limit: 10).isEmpty)
    }

    @Test(arguments: InventoryForm.allCases)
    func aReleaseAfterTheDeadlineFindsItExpired(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(5))
        try await inventory.reserve(1, [ReservationLine("mug", .units(2))], at: 1, until: 10)
        for _ in 0..<2 { #expect(try await inventory.release(.number(1), at: .second(10)) == .expired) }
        #expect(try await inventory.reservation(.number(1))?.state == .expired)
    }

    @Test(arguments: InventoryForm.allCases)
    func onlyWhatIsAllocatedIsShippedAndWhatIsShippedIsNotReleased(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(5))
        try await inventory.reserve(1, [ReservationLine("mug", .units(2))])
        #expect(
            try await refusal { () async throws(InventoryError) in try await inventory.ship(.number(1), at: .second(2))
            } == .notAllocated(.number(1))
        )
        try await inventory.allocate(.number(1), at: .second(2))
        try await inventory.ship(.number(1), at: .second(3))
        #expect(
            try await refusal { () async throws(InventoryError) in
                try await inventory.release(.number(1), at: .second(4))
            } == .alreadyShipped(.number(1))
        )
        #expect(
            try await refusal { () async throws(InventoryError) in
                try await inventory.reserve(1, [ReservationLine("mug", .units(2))])
            } == .alreadyShipped(.number(1))
        )
        #expect(try await inventory.figures("mug") == [3, 0, 0])
    }

    @Test(arguments: InventoryForm.allCases)
    func anUnknownReservationIsNeitherAllocatedNorShipped(form: InventoryForm) async throws {
        let inventory = form.make()
        let expected = InventoryRefusal.unknownReservation(.number(1))
        #expect(
            try await refusal { () async throws(InventoryError) in
                try await inventory.allocate(.number(1), at: .second(1))
            } == expected
        )
        #expect(
            try await refusal { () async throws(InventoryError) in try await inventory.ship(.number(1), at: .second(1))
            } == expected
        )
        #expect(try await inventory.reservation(.number(1)) == nil)
    }

    @Test(arguments: InventoryForm.allCases)
    func theSameIdWithOtherContentIsAMismatch(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(9))
        try await inventory.stock("pen", .units(9))
        try await inventory.reserve(1, [ReservationLine("mug", .units(2))])
        let expected = InventoryRefusal.reservationMismatch(.number(1))
        let others: [(ReservationLines, MemberKey)] = [
            ([ReservationLine("mug", .units(3))], "ann"), ([ReservationLine("pen", .units(2))], "ann"),
            ([ReservationLine("mug", .units(2)), ReservationLine("pen", .one)], "ann"),
            ([ReservationLine("mug", .units(2))], "bob"),
        ]
        for (lines, member) in others {
            #expect(
                try await refusal { () async throws(InventoryError) in
                    try await inventory.reserve(1, lines, member: member)
                } == expected
            )
        }
        // One of one and one of one make two: the same content.
        try await inventory.reserve(1, [ReservationLine("mug", .one), ReservationLine("mug", .one)])
        let receipt = StockChange.restock(id: MovementID(bits: 77), sku: "mug", quantity: .one, at: .second(2))
        try await inventory.record(receipt)
        for other in [
            StockChange.restock(id: MovementID(bits: 77), sku: "pen", quantity: .one, at: .second(2)),
            StockChange.restock(id: MovementID(bits: 77), sku: "mug", quantity: .units(2), at: .second(2)),
        ] {
            let mismatch = try await refusal { () async throws(InventoryError) in try await inventory.record(other) }
            #expect(mismatch == .changeMismatch(MovementID(bits: 77)))
        }
        #expect(try await inventory.figures("mug") == [10, 2, 0])
    }

    @Test(arguments: InventoryForm.allCases)
    func holdsExpireInBatchesAndEachOnce(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(20))
        for number in 1...9 {
            try await inventory.reserve(number, [ReservationLine("mug", .one)], at: 1, until: Int64(10 + number))
        }
        try await inventory.allocate(.number(3), at: .second(2))
        #expect(try await inventory.expire(dueBy: .second(10), limit: 100).isEmpty)
        let first = try await inventory.expire(dueBy: .second(17), limit: 4)
        let second = try await inventory.expire(dueBy: .second(17), limit: 4)
        #expect(first.count == 4)
        #expect(second.count == 2)
        #expect(Set((first + second).map(\.id.bits)) == [1, 2, 4, 5, 6, 7])
        #expect(
            (first + second).allSatisfy { $0.state == .expired && Array($0.lines) == [ReservationLine("mug", .one)] }
        )
        #expect(try await inventory.figures("mug") == [20, 2, 1])
        #expect(try await inventory.allOpenReservations(pageSize: 2).map(\.id.bits) == [3, 8, 9])
    }
}
