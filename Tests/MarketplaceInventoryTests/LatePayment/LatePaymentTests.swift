import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import TestSupport
import Testing

struct LatePaymentTests {
    private let request = ReservationRequest(
        id: .number(1),
        lines: [ReservationLine("mug", .units(2)), ReservationLine("pen", .one)],
        member: "ann",
        reference: "order-7",
        deadline: .second(60),
        at: .second(1)
    )
    private let again = ReservationID(reacquiring: .number(1))

    private func inventory(_ form: InventoryForm) async throws -> any InventoryStore {
        let inventory = form.make()
        try await inventory.stock("mug", .units(2))
        try await inventory.stock("pen", .units(5))
        try await inventory.reserve(request)
        return inventory
    }

    @Test(arguments: InventoryForm.allCases)
    func aPaymentInTimeAllocates(form: InventoryForm) async throws {
        let inventory = try await inventory(form)
        for policy in [LatePaymentPolicy.refuse, .reacquire] {
            let outcome = try await inventory.allocate(request, whenLate: policy, at: .second(59))
            #expect(outcome == .allocated(.number(1)))
            // What was allocated in time stays that when the call comes again after the deadline.
            #expect(try await inventory.allocate(request, whenLate: policy, at: .second(90)) == outcome)
        }
    }

    @Test(arguments: InventoryForm.allCases)
    func aLatePaymentIsRefusedWhereThePolicySaysSo(form: InventoryForm) async throws {
        let inventory = try await inventory(form)
        let outcome = try await inventory.allocate(request, whenLate: .refuse, at: .second(60))
        #expect(outcome == .refused(.expired(.number(1), deadline: .second(60))))
        #expect(try await inventory.figures("mug") == [2, 0, 0])
    }

    @Test(arguments: InventoryForm.allCases)
    func aLatePaymentTakesTheUnitsAnew(form: InventoryForm) async throws {
        let inventory = try await inventory(form)
        for second in [100, 200, 100_000] as [Int64] {
            let outcome = try await inventory.allocate(request, whenLate: .reacquire, at: .second(second))
            #expect(outcome == .reacquired(again))
            #expect(try await inventory.figures("mug") == [2, 0, 2])
            #expect(try await inventory.figures("pen") == [5, 0, 1])
        }
        try await inventory.ship(again, at: .second(100_001))
        let outcome = try await inventory.allocate(request, whenLate: .reacquire, at: .second(100_002))
        #expect(outcome == .reacquired(again))
        #expect(try await inventory.figures("mug") == [0, 0, 0])
    }

    @Test(arguments: InventoryForm.allCases)
    func itTakesAllUnitsOrNoneAndARefusalLasts(form: InventoryForm) async throws {
        let inventory = try await inventory(form)
        try await inventory.reserve(2, [ReservationLine("mug", .one)], member: "bob", at: 70)
        let outcome = try await inventory.allocate(request, whenLate: .reacquire, at: .second(80))
        #expect(outcome == .refused(.insufficientStock("mug", requested: 2, available: 1)))
        #expect(try await inventory.figures("pen") == [5, 0, 0])
        try await inventory.release(.number(2), at: .second(81))
        let repeated = try await inventory.allocate(request, whenLate: .reacquire, at: .second(82))
        #expect(repeated == .refused(.released(again)))
        #expect(try await inventory.figures("mug") == [2, 0, 0])
    }

    @Test(arguments: InventoryForm.allCases)
    func unitsMayComeFromOtherPlacesWhenAStrategyIsGiven(form: InventoryForm) async throws {
        let inventory = try await inventory(form)
        try await inventory.reserve(2, [ReservationLine("mug", .units(2))], member: "bob", at: 70)
        try await inventory.stock("mug", ["west": 5], seed: 3)
        let policy = LatePaymentPolicy.reacquire(as: .number(3), placing: .mostStock)
        for _ in 1...2 {
            #expect(try await inventory.allocate(request, whenLate: policy, at: .second(80)) == .reacquired(.number(3)))
        }
        #expect(try await inventory.stock(of: "mug")?.level(at: "west").allocated == 2)
    }

    @Test(arguments: InventoryForm.allCases)
    func onlyWhatExpiredIsTakenAnew(form: InventoryForm) async throws {
        let inventory = try await inventory(form)
        try await inventory.allocate([ReservationLine("mug", .one)], of: .number(1), at: .second(2))
        let outcome = try await inventory.allocate(request, whenLate: .reacquire, at: .second(80))
        #expect(outcome == .partlyReacquired(rest: again, of: .number(1)))
        #expect(try await inventory.figures("mug") == [2, 0, 2])
        #expect(try await inventory.figures("pen") == [5, 0, 1])
    }

    @Test(arguments: InventoryForm.allCases)
    func whatWasReleasedOrNeverWasIsRefused(form: InventoryForm) async throws {
        let inventory = try await inventory(form)
        try await inventory.release(.number(1), at: .second(10))
        let outcome = try await inventory.allocate(request, whenLate: .reacquire, at: .second(80))
        #expect(outcome == .refused(.released(.number(1))))
        let unknown = ReservationRequest(
            id: .number(7),
            lines: request.lines,
            member: "ann",
            deadline: .second(60),
            at: .second(1)
        )
        let other = try await inventory.allocate(unknown, whenLate: .reacquire, at: .second(80))
        #expect(other == .refused(.unknownReservation(.number(7))))
    }

    @Test(arguments: InventoryForm.allCases)
    func aReservationOfSomebodyElseIsNotTaken(form: InventoryForm) async throws {
        let inventory = try await inventory(form)
        try await inventory.reserve(2, [ReservationLine("pen", .one)], member: "bob", at: 70)
        for policy in [LatePaymentPolicy.reacquire(as: .number(2)), .reacquire(as: .number(2), placing: .mostStock)] {
            let outcome = try await inventory.allocate(request, whenLate: policy, at: .second(80))
            #expect(outcome == .refused(.reservationMismatch(.number(2))))
        }
        #expect(try await inventory.figures("pen") == [5, 1, 0])
    }

    @Test(arguments: [CommitFault.crashBefore, .crashAfter])
    func aCrashAnywhereIsMendedByTheSameCall(fault: CommitFault) async throws {
        var commit = 0
        var hasFired = true
        while hasFired {
            commit += 1
            let base = InMemoryStore()
            let calm = StoreInventory(store: base, codec: .json)
            try await calm.stock("mug", .units(2))
            try await calm.stock("pen", .units(5))
            try await calm.reserve(request)
            let store = FaultInjectingStore(base)
            store.inject(fault, atCommit: commit)
            let crashing = StoreInventory(store: store, codec: .json)
            _ = try? await crashing.allocate(request, whenLate: .reacquire, at: .second(100))
            hasFired = store.unfiredFaults.isEmpty
            for second in [200, 300] as [Int64] {
                let outcome = try await calm.allocate(request, whenLate: .reacquire, at: .second(second))
                #expect(outcome == .reacquired(again))
            }
            #expect(try await calm.figures("mug") == [2, 0, 2])
        }
        #expect(commit == 4, "the hold is ended, reserved anew and allocated: three commits")
    }

    @Test(arguments: InventoryForm.allCases)
    func callsAtOnceAgree(form: InventoryForm) async throws {
        for round in 0..<20 {
            let inventory = try await inventory(form)
            if round % 2 == 1 {
                try await inventory.reserve(2, [ReservationLine("mug", .one)], member: "bob", at: 70, until: 100_000)
            }
            let request = request
            let outcomes = try await withThrowingTaskGroup(of: LatePaymentOutcome.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await askingAgainWhileUnknown { () async throws(InventoryError) in
                            try await inventory.allocate(request, whenLate: .reacquire, at: .second(80))
                        }
                    }
                }
                if round % 2 == 1 {
                    group.addTask {
                        _ = try await askingAgainWhileUnknown { () async throws(InventoryError) in
                            try await inventory.release(.number(2), at: .second(80))
                        }
                        return .reacquired(.number(0))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let reacquired = outcomes.filter { $0 == .reacquired(again) }.count
            #expect(reacquired == 0 || reacquired == 4)
            #expect(try await inventory.figures("mug") == [2, 0, reacquired == 0 ? 0 : 2])
        }
    }
}
