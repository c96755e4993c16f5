import MarketplaceCore
import MarketplaceInventory
import TestSupport
import Testing

/// Many callers at once, on every form.
struct InventoryConcurrencyTests {
    @Test(arguments: InventoryForm.allCases)
    func aMembersLimitHoldsHoweverManyTriesThereAreAtOnce(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(1_000))
        try await inventory.setTerms(SaleTerms(perMemberLimit: .units(3)), for: "mug", at: .second(0))
        let answers = try await inventory.answers(to: 200) { MemberKey(stringLiteral: "member-\($0 % 10)") }
        #expect(answers.count { $0 == nil } == 30)
        let expected = InventoryRefusal.memberLimit("mug", limit: 3, alreadyTaken: 3, requested: 1)
        #expect(answers.count { $0 == expected } == 170)
        #expect(try await inventory.figures("mug") == [1_000, 30, 0])
    }

    @Test(arguments: InventoryForm.allCases)
    func oneIdIsReservedOnceHoweverManyAskForIt(form: InventoryForm) async throws {
        let inventory = form.make()
        try await inventory.stock("mug", .units(10))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for second in 1...20 {
                group.addTask {
                    try await askingAgainWhileUnknown { () async throws(InventoryError) in
                        _ = try await inventory.reserve(1, [ReservationLine("mug", .units(2))], at: Int64(second % 5))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await inventory.figures("mug") == [10, 2, 0])
    }

    @Test(arguments: InventoryForm.allCases)
    func everythingAddsUpAfterAStorm(form: InventoryForm) async throws {
        await PropertyRun.checkAsync(1) { run in try await Self.storm(on: form, run) }
    }

    private static func storm(on form: InventoryForm, _ run: PropertyRun) async throws {
        let seed = run.seed
        let inventory = form.make(seed: seed)
        let stepCount = form == .inMemory ? 4_000 : 150
        for number in 0..<8 { try await inventory.stock(sku(number), .units(30)) }
        try await inventory.setTerms(SaleTerms(perMemberLimit: .units(9)), for: sku(0), at: .second(0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<6 {
                group.addTask {
                    var generator = SeededGenerator(seed: seed &+ UInt64(task))
                    for step in 0..<stepCount {
                        try await Self.step(inventory, &generator, at: Int64(step / 10))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await inventory.auditViolations() == [], run.replay)
        try await inventory.expire(dueBy: .second(1_000_000), limit: 10_000)
        #expect(try await inventory.allOpenReservations().allSatisfy { $0.state == .allocated }, run.replay)
        #expect(try await inventory.auditViolations() == [], run.replay)
    }

    private static func step(
        _ inventory: any InventoryStore,
        _ generator: inout SeededGenerator,
        at second: Int64
    ) async throws {
        let number = 1 + Int(generator.next(through: 199))
        let choice = generator.next(through: 9)
        let lines = (0...generator.next(through: 2)).map { _ in
            ReservationLine(sku(Int(generator.next(through: 7))), generator.next(through: 1) == 0 ? .one : .units(2))
        }
        let member = MemberKey(stringLiteral: "member-\(generator.next(through: 4))")
        let receipt = StockChange.restock(
            id: MovementID(bits: UInt128(generator.next())),
            sku: sku(number % 8),
            quantity: .units(2),
            at: .second(second)
        )
        do throws(InventoryError) {
            try await askingAgainWhileUnknown { () async throws(InventoryError) in
                switch choice {
                case 0...4:
                    try await inventory.reserve(
                        number,
                        ReservationLines(lines),
                        member: member,
                        at: second,
                        until: second + 3
                    )
                case 5, 6: try await inventory.allocate(.number(number), at: .second(second))
                case 7: try await inventory.release(.number(number), at: .second(second))
                case 8: try await inventory.ship(.number(number), at: .second(second))
                default:
                    try await inventory.record(receipt)
                    try await inventory.expire(dueBy: .second(second), limit: 5)
                }
            }
        } catch {
            guard error.refusal != nil else { throw error }
        }
    }
}
