import MarketplaceInventory
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// Random histories of every form of an inventory, one caller's and several callers', against the sequential model.
@Suite(.serialized)
struct InventoryTrialTests {
    @Test(arguments: InventoryForm.allCases)
    func concurrentCallsAreExplainedBySomeOrderOfThem(form: InventoryForm) async throws {
        var calls = 0
        let start = ContinuousClock.now
        await PropertyRun.checkAsync(form.historyCount) { run in
            calls += try await InventoryTrials.checkHistory(seed: run.seed) { form.make(seed: run.seed) }
        }
        print("\(form): \(form.historyCount) histories of \(calls) calls in \(ContinuousClock.now - start)")
        if !PropertyRun.isReplay { #expect(calls > form.historyCount * 4) }
    }

    @Test(arguments: InventoryForm.allCases)
    func everyAnswerOfALongWalkIsTheModels(form: InventoryForm) async throws {
        let start = ContinuousClock.now
        await PropertyRun.checkAsync(1) { run in
            let refused = try await InventoryTrials.walk(steps: form.walkLength, seed: run.seed) {
                form.make(seed: run.seed)
            }
            print("\(form): a walk of \(form.walkLength) calls from \(run.seed) in \(ContinuousClock.now - start)")
            #expect(refused > form.walkLength / 10 && refused < form.walkLength * 9 / 10)
        }
    }
}

extension InventoryForm {
    /// Of 50,000 histories a run, most are of the form in which calls really run at once.
    fileprivate var historyCount: Int {
        switch self {
        case .inMemory: 40_000
        default: 5_000
        }
    }

    fileprivate var walkLength: Int {
        switch self {
        case .inMemory: 1_000_000
        default: 20_000
        }
    }
}
