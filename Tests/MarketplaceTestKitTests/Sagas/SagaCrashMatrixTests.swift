import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceSagas
import MarketplaceStorage
import MarketplaceTestKit
import Testing
import TrialTrip

struct SagaCrashMatrixTests {
    @Test func sixStepsEndTheSameWayWhereverTheirProcessesDie() async throws {
        let report = try await SagaCrashMatrix(trialStage()).run()
        print("crash matrix of six steps: \(report)")
        #expect(report.crashFree == 6)
        #expect(report.crashes > 100)
        #expect(report.secondCrashes > 1_000)
        #expect(report.unknownCommits > 60)
    }

    @Test func aStepThatCountsEveryCallIsFound() async {
        await #expect(throws: SagaTrialFailure.self) {
            try await SagaCrashMatrix(trialStage(.everyCallCounts), hasSecondCrash: false).run()
        }
    }

    @Test func aSagaThatWaitsIsRefused() async {
        let stage = SagaStage(codec: .json, store: { InMemoryStore(wallClock: $0.wall, clock: $0) }) {
            SagaScene(
                SagaDefinition("waits", version: 1, state: TrialTripState.self) {
                    Pause<TrialTripState>("night", for: .seconds(1))
                },
                input: TrialTripState(traveller: "Ada")
            ) { [] }
        }
        await #expect(throws: SagaTrialFailure.self) { try await SagaCrashMatrix(stage).run() }
    }
}

struct SagaStepMatrixTests {
    @Test func sixStepsLeaveNoEffectBehindWhateverTheirCallsDo() async throws {
        let runs = try await SagaStepMatrix(trialStage()).run()
        print("step matrix of six steps: \(runs) runs")
        #expect(runs > 120)
    }

    @Test(arguments: TrialTripWorld.Fault.allCases)
    func participantsThatBreakTheirPromisesAreFound(_ fault: TrialTripWorld.Fault) async {
        await #expect(throws: SagaTrialFailure.self) { try await SagaStepMatrix(trialStage(fault)).run() }
    }
}

/// The six steps on stores in memory.
private func trialStage(_ fault: TrialTripWorld.Fault? = nil) -> SagaStage<TrialTripState> {
    trialStage(fault) { InMemoryStore(wallClock: $0.wall, clock: $0) }
}
