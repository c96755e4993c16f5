import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage
import TestSupport
import Testing

struct PartlyLatePaymentTests {
    private let request = ReservationRequest(
        id: .number(1),
        lines: [ReservationLine("mug", .units(5))],
        member: "ann",
        deadline: .second(60),
        at: .second(1)
    )
    private let again = ReservationID(reacquiring: .number(1))

    /// An inventory whose mugs are held, some of them under terms of their own.
    private func inventory(
        _ form: InventoryForm,
        mugs: Int = 5,
        terms: SaleTerms = .unrestricted
    ) async throws -> any InventoryStore {
        let inventory = form.make()
        try await inventory.stock("mug", .units(mugs))
        try await inventory.setTerms(terms, for: "mug", at: .second(0))
        try await inventory.reserve(request)
        return inventory
    }

    private func mugs(_ units: Int) -> ReservationLines { [ReservationLine("mug", .units(units))] }

    @Test(arguments: InventoryForm.allCases)
    func whatWasReleasedBeforeIsNotTakenAgain(form: InventoryForm) async throws {
        let inventory = try await inventory(form, mugs: 10)
        try await inventory.release(mugs(2), of: .number(1), at: .second(2))
        for second in [100, 200] as [Int64] {
            let outcome = try await inventory.allocate(request, whenLate: .reacquire, at: .second(second))
            #expect(outcome == .reacquired(again))
            #expect(try await inventory.figures("mug") == [10, 0, 3])
        }
    }

    @Test(arguments: InventoryForm.allCases)
    func bothReservationsAreNamedWhenSomeUnitsWereAllocatedInTime(form: InventoryForm) async throws {
        let inventory = try await inventory(form)
        try await inventory.allocate(mugs(2), of: .number(1), at: .second(2))
        for second in [100, 200] as [Int64] {
            let outcome = try await inventory.allocate(request, whenLate: .reacquire, at: .second(second))
            #expect(outcome == .partlyReacquired(rest: again, of: .number(1)))
            #expect(outcome.reservations == [.number(1), again])
            for id in outcome.reservations { try await inventory.ship(id, at: .second(second + 1)) }
            #expect(try await inventory.figures("mug") == [0, 0, 0])
        }
    }

    @Test(arguments: InventoryForm.allCases)
    func aRefusalSaysWhatStaysAllocated(form: InventoryForm) async throws {
        let inventory = try await inventory(form)
        try await inventory.allocate(mugs(2), of: .number(1), at: .second(2))
        try await inventory.reserve(2, mugs(3), member: "bob", at: 70, until: 1_000)
        let policy = try await inventory.allocate(request, whenLate: .refuse, at: .second(90))
        let expired = InventoryRefusal.expired(.number(1), deadline: .second(60))
        #expect(policy == .partlyRefused(expired, promised: mugs(2), by: .number(1)))
        let outcome = try await inventory.allocate(request, whenLate: .reacquire, at: .second(100))
        let short = InventoryRefusal.insufficientStock("mug", requested: 3, available: 0)
        #expect(outcome == .partlyRefused(short, promised: mugs(2), by: .number(1)))
        #expect(outcome.reservations == [.number(1)] && outcome.refusal == short)
        try await inventory.release(.number(2), at: .second(101))
        let repeated = try await inventory.allocate(request, whenLate: .reacquire, at: .second(102))
        #expect(repeated == .partlyRefused(.released(again), promised: mugs(2), by: .number(1)))
    }

    @Test(arguments: InventoryForm.allCases)
    func shippingWhatWasAllocatedInTimeDoesNotCostTheRest(form: InventoryForm) async throws {
        let inventory = try await inventory(form)
        try await inventory.allocate(mugs(2), of: .number(1), at: .second(2))
        try await inventory.ship(mugs(2), of: .number(1), at: .second(3))
        for second in [100, 200] as [Int64] {
            let outcome = try await inventory.allocate(request, whenLate: .reacquire, at: .second(second))
            #expect(outcome == .partlyReacquired(rest: again, of: .number(1)))
            #expect(try await inventory.figures("mug") == [3, 0, 3])
        }
    }

    @Test(arguments: InventoryForm.allCases, [nil, AllocationStrategy.mostStock])
    func theRestNeedNotMeetTheMinimumOfAPurchase(form: InventoryForm, strategy: AllocationStrategy?) async throws {
        let inventory = try await inventory(form, terms: SaleTerms(minimumPerPurchase: .units(3)))
        try await inventory.allocate(mugs(3), of: .number(1), at: .second(2))
        let policy = LatePaymentPolicy.reacquire(placing: strategy)
        let outcome = try await inventory.allocate(request, whenLate: policy, at: .second(100))
        #expect(outcome == .partlyReacquired(rest: again, of: .number(1)))
        #expect(try await inventory.figures("mug") == [5, 0, 5])
    }

    @Test(arguments: InventoryForm.allCases)
    func whatWasCancelledAfterItsDeadlineIsNotTakenAgain(form: InventoryForm) async throws {
        let inventory = try await inventory(form)
        try await inventory.allocate(mugs(2), of: .number(1), at: .second(2))
        try await inventory.expire(dueBy: .second(61), limit: 10)
        try await inventory.release(.number(1), at: .second(62))
        let outcome = try await inventory.allocate(request, whenLate: .reacquire, at: .second(100))
        #expect(outcome == .refused(.released(.number(1))))
        #expect(try await inventory.figures("mug") == [5, 0, 0])
    }

    @Test(arguments: InventoryForm.allCases)
    func aTombstoneTellsWhoseItWasAndWhereTheUnitsWent(form: InventoryForm) async throws {
        let inventory = try await inventory(form, mugs: 6)
        try await inventory.reserve(2, mugs(1), member: "bob")
        try await inventory.release(mugs(2), of: .number(1), at: .second(2))
        try await inventory.expire(dueBy: .second(70), limit: 10)
        let ann = try await inventory.reservation(.number(1))
        #expect(ann?.member == "ann" && ann?.state == .expired)
        #expect(ann?.positions == [ReservationPosition(StockPoint("mug"), released: 2, expired: 3)])
        let bob = try await inventory.reservation(.number(2))
        #expect(bob?.member == "bob" && bob?.state == .expired)
        #expect(bob?.positions == [ReservationPosition(StockPoint("mug"), expired: 1)])
    }
}
