import MarketplaceInventory
import MarketplaceTestKit
import TestSupport
import Testing

/// Long histories of one caller of every form of an inventory, against the sequential model.
@Suite struct InventoryWalkTests {
    @Test(arguments: InventoryForm.allCases)
    func everyAnswerOfALongWalkIsTheModels(form: InventoryForm) async throws {
        let length = PropertyRun.whole(form.walkLength, reducedTo: form.walkLength / 5)
        let steps = min(length, PropertyRun.scaled(form.walkLength))
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
    fileprivate var walkLength: Int {
        switch self {
        case .inMemory: 100_000
        case .onStore, .onFaultyStore, .locked, .lockedLosing, .lockedUncertain: 10_000
        }
    }
}
