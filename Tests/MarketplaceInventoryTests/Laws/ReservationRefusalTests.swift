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
    func demandIsSummedPerSKU(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(5))
        let lines: ReservationLines = [ReservationLine("mug", .units(3)), ReservationLine("mug", .units(3))]
        let short = try await refusal { () async throws(InventoryError) in try await inventory.reserve(1, lines) }
        #expect(short == .insufficientStock("mug", requested: 6, available: 5))
        try await inventory.reserve(2, [ReservationLine("mug", .units(3)), ReservationLine("mug", .units(2))])
        #expect(try await inventory.figures("mug") == [5, 5, 0])
        #expect(try await inventory.allMovements().count == 2)
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
    func anUnknownSKUIsRefused(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(5))
        let lines: ReservationLines = [ReservationLine("mug", .one), ReservationLine("cup", .one)]
        #expect(
            try await refusal { () async throws(InventoryError) in try await inventory.reserve(1, lines) }
                == .unknownSKU("cup")
        )
        #expect(try await inventory.stock(of: "cup") == nil)
        try await inventory.setTerms(.unrestricted, for: "cup", at: .second(0))
        #expect(
            try await refusal { () async throws(InventoryError) in try await inventory.reserve(1, lines) }
                == .insufficientStock("cup", requested: 1, available: 0)
        )
    }

    @Test(arguments: InventoryForm.allCases)
    func theWindowOpensAtItsFirstMomentAndIsClosedAtItsLast(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(5))
        try await inventory.setTerms(SaleTerms(opensAt: .second(10), closesAt: .second(20)), for: "mug", at: .second(0))
        let line: ReservationLines = [ReservationLine("mug", .one)]
        #expect(
            try await refusal { () async throws(InventoryError) in try await inventory.reserve(1, line, at: 9) }
                == .saleNotOpen("mug", opensAt: .second(10))
        )
        try await inventory.reserve(1, line, at: 10)
        try await inventory.reserve(2, line, at: 19)
        #expect(
            try await refusal { () async throws(InventoryError) in try await inventory.reserve(3, line, at: 20) }
                == .saleClosed("mug", closedAt: .second(20))
        )
        // A repetition after the sale is still a repetition, and what is held can still be allocated.
        try await inventory.reserve(2, line, at: 25)
        try await inventory.allocate(.number(2), at: .second(30))
    }

    @Test(arguments: InventoryForm.allCases)
    func aMemberGetsNoMoreThanTheLimitAndGetsBackWhatIsGivenBack(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(100))
        try await inventory.setTerms(SaleTerms(perMemberLimit: .units(3)), for: "mug", at: .second(0))
        try await inventory.reserve(1, [ReservationLine("mug", .units(2))], at: 1, until: 10)
        let two: ReservationLines = [ReservationLine("mug", .units(2))]
        let expected = InventoryRefusal.memberLimit("mug", limit: 3, alreadyTaken: 2, requested: 2)
        #expect(
            try await refusal { () async throws(InventoryError) in try await inventory.reserve(2, two) } == expected
        )
        try await inventory.reserve(3, two, member: "bob")
        // What has expired no longer counts, without anybody having swept.
        try await inventory.reserve(2, two, at: 10)
        try await inventory.allocate(.number(2), at: .second(11))
        #expect(
            try await refusal { () async throws(InventoryError) in try await inventory.reserve(4, two, at: 12) }
                == expected
        )
        try await inventory.release(.number(2), at: .second(13))
        try await inventory.reserve(4, two, at: 14)
        try await inventory.allocate(.number(4), at: .second(15))
        try await inventory.ship(.number(4), at: .second(16))
        // What was shipped was had.
        #expect(
            try await refusal { () async throws(InventoryError) in try await inventory.reserve(5, two, at: 17) }
                == expected
        )
        try await inventory.setTerms(.unrestricted, for: "mug", at: .second(18))
        try await inventory.reserve(5, two, at: 19)
        try await inventory.setTerms(SaleTerms(perMemberLimit: .units(2)), for: "mug", at: .second(20))
        // A new limit begins to count anew, and what was taken before it is not given back to it.
        try await inventory.release(.number(5), at: .second(21))
        try await inventory.reserve(6, two, at: 22)
        let later = InventoryRefusal.memberLimit("mug", limit: 2, alreadyTaken: 2, requested: 2)
        #expect(
            try await refusal { () async throws(InventoryError) in try await inventory.reserve(7, two, at: 23) }
                == later
        )
    }

    @Test(arguments: InventoryForm.allCases)
    func aPurchaseHasALeastAndAMostQuantity(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(100))
        try await inventory.setTerms(
            SaleTerms(minimumPerPurchase: .units(2), maximumPerPurchase: .units(4)),
            for: "mug",
            at: .second(0)
        )
        #expect(
            try await refusal { () async throws(InventoryError) in
                try await inventory.reserve(1, [ReservationLine("mug", .one)])
            } == .belowMinimum("mug", minimum: 2, requested: 1)
        )
        #expect(
            try await refusal { () async throws(InventoryError) in
                try await inventory.reserve(1, [ReservationLine("mug", .units(3)), ReservationLine("mug", .units(2))])
            } == .aboveMaximum("mug", maximum: 4, requested: 5)
        )
        try await inventory.reserve(1, [ReservationLine("mug", .one), ReservationLine("mug", .one)])
        try await inventory.reserve(2, [ReservationLine("mug", .units(4))])
    }

    @Test(arguments: InventoryForm.allCases)
    func termsThatCanNeverBeMetAreRefused(form: InventoryForm) async throws {
        let inventory = form.make()
        for terms in [
            SaleTerms(opensAt: .second(5), closesAt: .second(5)),
            SaleTerms(minimumPerPurchase: .units(3), maximumPerPurchase: .units(2)),
            SaleTerms(perMemberLimit: .units(2), minimumPerPurchase: .units(3)),
        ] {
            #expect(
                try await refusal { () async throws(InventoryError) in
                    try await inventory.setTerms(terms, for: "mug", at: .second(0))
                } == .contradictoryTerms("mug")
            )
        }
    }

    @Test(arguments: InventoryForm.allCases)
    func requestsThatNoStateWouldAcceptAreRefused(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(5))
        let line = ReservationLine("mug", .one)
        #expect(
            try await refusal { () async throws(InventoryError) in try await inventory.reserve(1, []) } == .emptyRequest
        )
        let many = ReservationLines(Array(repeating: line, count: 1_001))
        #expect(
            try await refusal { () async throws(InventoryError) in try await inventory.reserve(1, many) }
                == .tooManyLines(1_001, maximum: 1_000)
        )
        #expect(
            try await refusal { () async throws(InventoryError) in
                try await inventory.reserve(1, [line], at: 5, until: 5)
            } == .deadlinePassed(deadline: .second(5), time: .second(5))
        )
        let long = try SKU(String(repeating: "x", count: 201))
        let tooLong = InventoryRefusal.keyTooLong(byteCount: 201, maximum: 200)
        #expect(
            try await refusal { () async throws(InventoryError) in
                try await inventory.reserve(1, [ReservationLine(long, .one)])
            } == tooLong
        )
        #expect(
            try await refusal { () async throws(InventoryError) in
                try await inventory.reserve(1, [line], member: long.retyped())
            } == tooLong
        )
        #expect(
            try await refusal { () async throws(InventoryError) in
                try await inventory.setTerms(.unrestricted, for: long, at: .second(0))
            } == tooLong
        )
        let receipt = StockChange.restock(id: MovementID(bits: 5), sku: long, quantity: .one, at: .second(0))
        #expect(
            try await refusal { () async throws(InventoryError) in try await inventory.record(receipt) } == tooLong
        )
        #expect(try await inventory.figures("mug") == [5, 0, 0])
    }

    @Test(arguments: InventoryForm.allCases)
    func hugeQuantitiesAreCountedExactlyOrRefused(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(1_000_000_000))
        let line = ReservationLine("mug", .units(1_000_000_000))
        let most = ReservationLines(Array(repeating: line, count: 1_000))
        #expect(
            try await refusal { () async throws(InventoryError) in try await inventory.reserve(1, most) }
                == .insufficientStock("mug", requested: 1_000_000_000_000, available: 1_000_000_000)
        )
        let second = StockChange.restock(
            id: MovementID(bits: 5),
            sku: "mug",
            quantity: .units(1_000_000_000),
            at: .second(0)
        )
        try await inventory.record(second)
        let both: ReservationLines = [line, line]
        try await inventory.reserve(1, both)
        try await inventory.reserve(1, both)
        let open = try await inventory.allOpenReservations()
        #expect(open.map { $0.lines.reduce(0) { $0 + $1.quantity.value } } == [2_000_000_000])
        #expect(try await inventory.reserve(1, both, at: 2).lines.count == 2)
    }

    @Test(arguments: InventoryForm.allCases)
    func timesAtTheEndsOfTimeDoNotTrap(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(5))
        let request = ReservationRequest(
            id: .number(1),
            lines: [ReservationLine("mug", .one)],
            member: "ann",
            deadline: .distantFuture,
            at: .distantPast
        )
        try await inventory.reserve(request)
        #expect(try await inventory.expire(dueBy: .distantPast, limit: 10).isEmpty)
        #expect(try await inventory.expire(dueBy: .distantFuture, limit: 10).count == 1)
        #expect(try await inventory.release(.number(2), at: .distantPast) == .neverReserved)
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
