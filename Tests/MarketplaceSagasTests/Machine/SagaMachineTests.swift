import MarketplaceCore
import Testing

@testable import MarketplaceSagas

struct SagaMachineTests {
    private static let shape = SagaShape([
        StepShape(name: "a", kind: .compensatable, stage: 0), StepShape(name: "b", kind: .compensatable, stage: 1),
        StepShape(name: "c", kind: .pivot, stage: 2), StepShape(name: "d", kind: .retriable, stage: 3),
    ])
    private static let start = SagaStart(
        definition: "test",
        version: 1,
        fingerprint: shape.fingerprint,
        key: "key",
        input: [],
        worker: "worker"
    )
    private static let failure = SagaFailure(reason: "no")

    private static var context: SagaDecisionContext {
        SagaDecisionContext(now: .epoch, isWanted: { _ in true }, waitEnd: { _ in nil })
    }

    /// A machine that was told all these signals.
    private func machine(after signals: SagaSignal...) -> SagaMachine {
        var machine = SagaMachine(Self.shape)
        for signal in [.start(Self.start)] + signals {
            for record in machine.decide(signal, Self.context) { machine.apply(record) }
        }
        return machine
    }

    @Test func theStartIntendsTheFirstStep() {
        let records = SagaMachine(Self.shape).decide(.start(Self.start), Self.context)
        #expect(records == [.started(Self.start), .intended(0)])
        #expect(machine().actions == [.perform(0)])
    }

    @Test func theOutcomeOfAStepAndTheIntentOfTheNextAreOneDecision() {
        #expect(machine().decide(.done(0, output: [7]), Self.context) == [.done(0, output: [7]), .intended(1)])
    }

    @Test func stepsWhoseConditionIsFalseAreSkippedInTheSameDecision() {
        let records = machine().decide(
            .done(0, output: []),
            SagaDecisionContext(now: .epoch, isWanted: { $0 == 3 }, waitEnd: { _ in nil })
        )
        #expect(records == [.done(0, output: []), .skipped(1), .skipped(2), .intended(3)])
    }

    @Test func theLastStepCompletesTheSaga() {
        let machine = machine(
            after: .done(0, output: []),
            .done(1, output: []),
            .done(2, output: []),
            .done(3, output: [])
        )
        #expect(machine.phase == .completed)
        #expect(machine.actions.isEmpty)
    }

    @Test func aStepThatIsRefusedInDoubtIsUndoneForItsRefusal() {
        let abort = SagaAbort(.refused, step: "a", reason: "no")
        let records = machine().decide(.refusedInDoubt(0, Self.failure), Self.context)
        #expect(records == [.unknown(0), .aborting(abort)])
        let refused = machine(after: .refusedInDoubt(0, Self.failure))
        #expect(refused.actions == [.undo(0)])
        #expect(refused.decide(.undone(0), Self.context) == [.undone(0), .aborted(abort)])
    }

    @Test func aPivotThatIsRefusedInDoubtWasRefusedUnderItsKey() {
        let before = machine(after: .done(0, output: []), .done(1, output: []))
        let abort = SagaAbort(.refused, step: "c", reason: "no")
        #expect(before.decide(.refusedInDoubt(2, Self.failure), Self.context) == [.notDone(2), .aborting(abort)])
        let last = machine(after: .done(0, output: []), .done(1, output: []), .done(2, output: []))
        let records = last.decide(.refusedInDoubt(3, Self.failure), Self.context)
        #expect(records == [.stuck(SagaStuck(step: "d", direction: .forward, reason: "no"))])
    }

    @Test func aRefusedFirstStepAbortsAtOnce() {
        let abort = SagaAbort(.refused, step: "a", reason: "no")
        #expect(
            machine().decide(.notDone(0, Self.failure), Self.context) == [
                .notDone(0), .aborting(abort), .aborted(abort),
            ]
        )
    }

    @Test func aStepOfUnknownOutcomeIsUndoneItself() {
        let machine = machine(after: .done(0, output: []), .unknown(1, Self.failure))
        #expect(machine.actions == [.undo(1)])
    }

    @Test func undoRunsInReverseAndEndsInAnAbort() {
        var machine = machine(after: .done(0, output: []), .done(1, output: []), .notDone(2, Self.failure))
        #expect(machine.actions == [.undo(1)])
        for record in machine.decide(.undone(1), Self.context) { machine.apply(record) }
        #expect(machine.actions == [.undo(0)])
        for record in machine.decide(.undone(0), Self.context) { machine.apply(record) }
        #expect(machine.phase == .aborted(SagaAbort(.refused, step: "c", reason: "no")))
    }

    @Test func nothingIsUndoneOnceThePivotIsDone() {
        let machine = machine(after: .done(0, output: []), .done(1, output: []), .done(2, output: []))
        #expect(machine.decide(.notDone(3, Self.failure), Self.context).last == .stuck(stuck("d", .forward)))
        #expect(machine.decide(.unknown(3, Self.failure), Self.context).last == .stuck(stuck("d", .forward)))
    }

    @Test func aPivotOfUnknownOutcomeIsStuckRatherThanUndone() {
        let machine = machine(after: .done(0, output: []), .done(1, output: []))
        #expect(machine.decide(.unknown(2, Self.failure), Self.context) == [.stuck(stuck("c", .forward))])
    }

    @Test func anUndoThatFailedIsStuck() {
        let machine = machine(after: .done(0, output: []), .notDone(1, Self.failure))
        #expect(machine.decide(.undoFailed(0, reason: "no"), Self.context) == [.stuck(stuck("a", .backward))])
    }

    @Test func signalsThatAreOutOfDateAreIgnored() {
        let machine = machine(after: .done(0, output: []))
        #expect(machine.decide(.done(0, output: []), Self.context).isEmpty)
        #expect(machine.decide(.undone(0), Self.context).isEmpty)
        #expect(machine.decide(.start(Self.start), Self.context).isEmpty)
    }

    @Test func replayingTheRecordsLeadsToTheSameMachine() throws {
        var generator = SeededGenerator(seed: 42)
        for _ in 0..<500 {
            var machine = SagaMachine(Self.shape)
            var journal: [SagaRecord] = []
            var signal = SagaSignal.start(Self.start)
            while true {
                let context = SagaDecisionContext(
                    now: .epoch,
                    isWanted: { _ in generator.next() % 4 > 0 },
                    waitEnd: { _ in nil }
                )
                let records = machine.decide(signal, context)
                #expect(!records.isEmpty)
                for record in records { machine.apply(record) }
                journal += records
                var replayed = SagaMachine(Self.shape)
                for record in journal { replayed.apply(record) }
                #expect(replayed.steps == machine.steps)
                #expect(replayed.phase == machine.phase)
                guard let action = machine.actions.first else { break }
                signal = Self.answer(to: action, &generator)
            }
            #expect(machine.phase != .forward)
        }
    }

    private static func answer(to action: SagaAction, _ generator: inout SeededGenerator) -> SagaSignal {
        switch action {
        case .perform(let step):
            switch generator.next() % 6 {
            case 0: .notDone(step, failure)
            case 1: .unknown(step, failure)
            default: .done(step, output: [UInt8(step)])
            }
        case .undo(let step): generator.next() % 6 == 0 ? .undoFailed(step, reason: "no") : .undone(step)
        }
    }

    private func stuck(_ step: String, _ direction: SagaStuck.Direction) -> SagaStuck {
        SagaStuck(step: step, direction: direction, reason: "no")
    }
}
