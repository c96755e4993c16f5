import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage
import TestSupport
import Testing

struct ReacquiredIdentityTests {
    private let request = ReservationRequest(
        id: .number(1),
        lines: [ReservationLine("mug", .units(5))],
        member: "ann",
        deadline: .second(60),
        at: .second(1)
    )
    private let mismatch = LatePaymentOutcome.refused(.reservationMismatch(.number(2)))

    private func inventory(_ form: InventoryForm) async throws -> any InventoryStore {
        let inventory = form.make()
        try await inventory.stock("mug", .units(20))
        try await inventory.reserve(request)
        return inventory
    }

    private func outcome(
        _ inventory: any InventoryStore,
        at second: Int64 = 100
    ) async throws -> LatePaymentOutcome {
        try await inventory.allocate(request, whenLate: .reacquire(as: .number(2)), at: .second(second))
    }

    @Test(arguments: InventoryForm.allCases, ["ann", "bob"] as [MemberKey])
    func anotherPurchaseThatWasShippedDoesNotStandForIt(form: InventoryForm, member: MemberKey) async throws {
        let inventory = try await inventory(form)
        // Somebody else's of as many units, or the member's own of fewer.
        let lines: ReservationLines = [ReservationLine("mug", .units(member == "bob" ? 5 : 1))]
        try await inventory.reserve(2, lines, member: member)
        try await inventory.allocate(.number(2), at: .second(2))
        try await inventory.ship(.number(2), at: .second(3))
        #expect(try await outcome(inventory) == mismatch)
    }

    @Test(arguments: InventoryForm.allCases, [1, 4, 6])
    func anOpenCartOfOtherUnitsIsNotTaken(form: InventoryForm, units: Int) async throws {
        let inventory = try await inventory(form)
        try await inventory.reserve(2, [ReservationLine("mug", .units(units))], at: 90, until: 1_000)
        #expect(try await outcome(inventory) == mismatch)
        #expect(try await inventory.reservation(.number(2))?.state == .held)
    }

    @Test(arguments: InventoryForm.allCases)
    func whatItIsNamedForIsRecognisedAsLongAsTheHoldIsRemembered(form: InventoryForm) async throws {
        let inventory = try await inventory(form)
        try await inventory.allocate([ReservationLine("mug", .units(2))], of: .number(1), at: .second(2))
        let made = LatePaymentOutcome.partlyReacquired(rest: .number(2), of: .number(1))
        #expect(try await outcome(inventory) == made)
        try await inventory.ship(.number(2), at: .second(101))
        #expect(try await outcome(inventory, at: 102) == made)
    }
}
