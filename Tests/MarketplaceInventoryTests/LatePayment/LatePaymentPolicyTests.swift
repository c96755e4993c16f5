import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage
import TestSupport
import Testing

struct LatePaymentPolicyTests {
    private let request = ReservationRequest(
        id: .number(1),
        lines: [ReservationLine("mug", .one)],
        member: "ann",
        deadline: .second(60),
        at: .second(1)
    )

    /// An inventory whose only mug was ann's until second 60 and is bob's since, and that promises more.
    private func inventory(_ form: InventoryForm) async throws -> any InventoryStore {
        let inventory = form.make()
        let backorders = BackorderTerms(limit: .units(5), promisedAt: .second(9_000))
        try await inventory.stock("mug", .one)
        try await inventory.setTerms(SaleTerms(backorders: backorders), for: "mug", at: .second(0))
        try await inventory.reserve(request)
        try await inventory.reserve(2, [ReservationLine("mug", .one)], member: "bob", at: 70, until: 1_000)
        return inventory
    }

    @Test(arguments: InventoryForm.allCases, [nil, AllocationStrategy.mostStock])
    func unitsThatAreNotThereAreNotReacquired(form: InventoryForm, strategy: AllocationStrategy?) async throws {
        let inventory = try await inventory(form)
        let policy = LatePaymentPolicy.reacquire(placing: strategy)
        let outcome = try await inventory.allocate(request, whenLate: policy, at: .second(100))
        #expect(outcome == .refused(.insufficientStock("mug", requested: 1, available: 0)))
        #expect(try await inventory.stock(of: "mug")?.backordered == 0)
    }

    @Test(arguments: InventoryForm.allCases, [nil, AllocationStrategy.mostStock])
    func theyAreWhereThePolicyAllowsBackorders(form: InventoryForm, strategy: AllocationStrategy?) async throws {
        let inventory = try await inventory(form)
        let policy = LatePaymentPolicy.reacquire(placing: strategy, allowsBackorder: true)
        let outcome = try await inventory.allocate(request, whenLate: policy, at: .second(100))
        #expect(outcome == .reacquired(ReservationID(reacquiring: .number(1))))
        #expect(try await inventory.stock(of: "mug")?.backordered == 1)
    }

    @Test func aHoldOfNoTimeIsAProgrammingError() async {
        await #expect(processExitsWith: .failure) { _ = LatePaymentPolicy.reacquire(hold: .zero) }
        await #expect(processExitsWith: .failure) { _ = LatePaymentPolicy.reacquire(hold: .seconds(-1)) }
        await #expect(processExitsWith: .failure) { _ = LatePaymentPolicy.reacquire(hold: .nanoseconds(999)) }
    }

    @Test func theShortestHoldIsEnough() async throws {
        let inventory = InventoryForm.inMemory.make()
        try await inventory.stock("mug", .one)
        try await inventory.reserve(request)
        let policy = LatePaymentPolicy.reacquire(hold: .microseconds(1))
        let outcome = try await inventory.allocate(request, whenLate: policy, at: .second(100))
        #expect(outcome == .reacquired(ReservationID(reacquiring: .number(1))))
    }
}
