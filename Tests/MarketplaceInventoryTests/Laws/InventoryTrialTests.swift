import MarketplaceInventory
import MarketplaceTestKit
import TestSupport
import Testing

/// Random histories of several callers of every form of an inventory, against the sequential model.
@Suite(.serialized)
struct InventoryTrialTests {
    @Test(arguments: InventoryForm.allCases)
    func concurrentCallsAreExplainedBySomeOrderOfThem(form: InventoryForm) async throws {
        var (histories, calls, empty) = (0, 0, 0)
        let wanted = PropertyRun.whole(form.historyCount, reducedTo: form.historyCount / 4)
        let clock = ContinuousClock()
        let time = await clock.measure {
            await PropertyRun.checkAsync(wanted) { run in
                histories += 1
                let count = try await InventoryTrials.checkHistory(seed: run.seed) { form.make(seed: run.seed) }
                calls += count
                if count == 0 { empty += 1 }
            }
        }
        print("\(form): \(histories) histories of \(calls) calls, \(empty) without any, in \(time)")
        // Histories without calls would explain themselves.
        if !PropertyRun.isPartial { #expect(calls > histories * 4) }
        // Nor does an inventory that seldom knows what it did: few are without calls, or passed over.
        if !PropertyRun.isPartial { #expect(empty * 50 < histories) }
    }
}

extension InventoryForm {
    /// Most of the histories of a whole trial, 20,000 in all, are of the form in which calls really run at once.
    fileprivate var historyCount: Int {
        switch self {
        case .inMemory: 12_500
        case .onStore, .onFaultyStore, .locked, .lockedLosing, .lockedUncertain: 1_500
        }
    }
}
