import MarketplaceCore
import Testing

private struct Silent: Error {}

struct EffectOutcomeTests {
    @Test func anErrorThatStatesItsEffectIsBelieved() {
        #expect(EffectOutcome(of: Refused("no")) == .refused)
        #expect(EffectOutcome(of: NotApplied("later")) == .notApplied)
        #expect(EffectOutcome(of: TextKeyError.empty) == .refused)
    }

    @Test func anErrorThatSaysNothingLeavesTheEffectUnknown() {
        #expect(EffectOutcome(of: Silent()) == .unknown)
    }

    @Test func aCancellationLeavesTheEffectUnknown() {
        #expect(EffectOutcome(of: CancellationError()) == .unknown)
    }

    @Test func theReasonIsPartOfTheDescription() {
        #expect("\(Refused("no stock"))" == "refused: no stock")
        #expect("\(NotApplied("busy"))" == "not applied: busy")
    }
}
