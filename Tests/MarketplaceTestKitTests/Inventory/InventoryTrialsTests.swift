import MarketplaceTestKit
import TestSupport
import Testing

struct InventoryTrialsTests {
    /// The flaws that only more than one caller can see, or of which one caller seldom sees enough.
    private static let seenAmongCallers: [InventoryFlaw] = [.checksThenTakes, .losesUpdates, .expiresTwice]
    /// The flaws at figures, keys and moments that trials never come near: laws are made for them.
    private static let seenByLawsAlone: [InventoryFlaw] = [
        .dropsReference, .endsEarly, .foldsKeys, .joinsKeys, .knowsEverySKU, .locationsUnbounded,
        .repetitionWritesMovement, .takesAnyTerms, .takesFewLines, .truncatesKeys, .unchecked,
    ]
    private static let seenByOneCaller = InventoryFlaw.allCases.filter {
        !seenAmongCallers.contains($0) && !seenByLawsAlone.contains($0)
    }

    @Test func aSoundInventoryPassesThem() async throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            try await InventoryTrials.walk(steps: 2_000, seed: seed) { FlawedInventory.sharing(nil) }
        }
        for seed in 1...500 as ClosedRange<UInt64> {
            try await InventoryTrials.checkHistory(seed: seed) { FlawedInventory.sharing(nil) }
        }
    }

    @Test(arguments: seenByOneCaller)
    func aWalkMeetsTheFlaw(_ flaw: InventoryFlaw) async throws {
        await expectFailure(of: 60) { seed in
            try await InventoryTrials.walk(steps: 2_000, seed: seed) { FlawedInventory.sharing(flaw) }
        }
    }

    @Test(arguments: seenAmongCallers)
    func aHistoryOfSeveralCallersMeetsTheFlaw(_ flaw: InventoryFlaw) async throws {
        await expectFailure(of: 5_000) { seed in
            try await InventoryTrials.checkHistory(seed: seed) { FlawedInventory.sharing(flaw) }
        }
    }

    @Test func aSaleIsPassedByASoundInventoryAndFailedByOneThatChecksAndThenTakes() async throws {
        try await InventoryTrials.sell(50, to: 500) { FlawedInventory.sharing(nil) }
        try await InventoryTrials.sell(50, to: 20) { FlawedInventory.sharing(nil) }
        await #expect(throws: InventoryTrialFailure.self) {
            for _ in 1...100 {
                try await InventoryTrials.sell(50, to: 500) { FlawedInventory.sharing(.checksThenTakes) }
            }
        }
    }

    /// Expects one of so many trials to fail, and to say from which seed and after which calls.
    private func expectFailure(of count: UInt64, _ trial: (UInt64) async throws -> Int) async {
        for seed in 1...count {
            do {
                _ = try await trial(seed)
            } catch let failure as InventoryTrialFailure {
                #expect(failure.seed == seed && !failure.history.isEmpty)
                return
            } catch {
                Issue.record(error)
            }
        }
        Issue.record("\(count) trials met nothing")
    }
}

extension FlawedInventory {
    fileprivate static func sharing(_ flaw: InventoryFlaw?) -> FlawedInventory {
        FlawedInventory(Shared(FlawedBooks(flaw: flaw)))
    }
}
