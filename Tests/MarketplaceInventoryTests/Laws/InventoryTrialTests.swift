import MarketplaceInventory
import MarketplaceTestKit
import TestSupport
import Testing

/// Random histories of every form of an inventory, one caller's and several callers', against the sequential model.
@Suite(.serialized)
struct InventoryTrialTests {
    @Test(arguments: InventoryForm.allCases)
    func concurrentCallsAreExplainedBySomeOrderOfThem(form: InventoryForm) async throws {
        var (histories, calls, empty) = (0, 0, 0)
        let clock = ContinuousClock()
        let time = await clock.measure {
            await PropertyRun.checkAsync(form.historyCount) { run in
                histories += 1
                let count = try await InventoryTrials.checkHistory(seed: run.seed) { form.make(seed: run.seed) }
                calls += count
                if count == 0 { empty += 1 }
            }
        }
        print("\(form): \(histories) histories of \(calls) calls in \(time)")
        // Histories without calls would explain themselves.
        if !PropertyRun.isPartial { #expect(calls > histories * 4) }
        // Nor does an inventory that seldom knows what it did: few are without calls, or passed over.
        if !PropertyRun.isPartial { #expect(empty * 50 < histories) }
    }

    @Test(arguments: InventoryForm.allCases)
    func everyAnswerOfALongWalkIsTheModels(form: InventoryForm) async throws {
        let steps = min(form.walkLength, PropertyRun.scaled(form.walkLength))
        let clock = ContinuousClock()
        await PropertyRun.checkAsync(1) { run in
            var refused = 0
            let time = try await clock.measure {
                refused = try await InventoryTrials.walk(steps: steps, seed: run.seed) { form.make(seed: run.seed) }
            }
            print("\(form): a walk of \(steps) calls, \(refused) of them refused, from \(run.seed) in \(time)")
            #expect(refused > steps / 10 && refused < steps * 9 / 10)
        }
    }
}

extension InventoryForm {
    /// Most of the histories of a run, 65,000 in all, are of the form in which calls really run at once.
    fileprivate var historyCount: Int {
        switch self {
        case .inMemory: 40_000
        case .onStore, .onFaultyStore, .locked, .lockedLosing, .lockedUncertain: 5_000
        }
    }

    fileprivate var walkLength: Int {
        switch self {
        case .inMemory: 1_000_000
        case .onStore, .onFaultyStore, .locked, .lockedLosing, .lockedUncertain: 20_000
        }
    }
}
