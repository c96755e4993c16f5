import MarketplaceCore
import Testing

@testable import MarketplaceSagas

struct SagaMachineTests {
    private static let shape = SagaShape([
        StepShape(name: "a", kind: .compensatable), StepShape(name: "b", kind: .compensatable),
        StepShape(name: "c", kind: .pivot), StepShape(name: "d", kind: .retriable),
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

    /// A machine that was told all these signals.
    private func machine(after signals: SagaSignal...) -> SagaMachine {
        var machine = SagaMachine(Self.shape)
        for signal in [.start(Self.start)] + signals {
            for record in machine.decide(signal) { machine.apply(record) }
        }
        return machine
    }

    @Test func theStartIntendsTheFirstStep() {
        let records = SagaMachine(Self.shape).decide(.start(Self.start))
        #expect(records == [.started(Self.start), .intended(0)])
        #expect(machine().actions == [.perform(0)])
    }

    @Test func theOutcomeOfAStepAndTheIntentOfTheNextAreOneDecision() {
        #expect(machine().decide(.done(0, output: [7])) == [.done(0, output: [7]), .intended(1)])
    }

    @Test func stepsWhoseConditionIsFalseAreSkippedInTheSameDecision() {
        let records = machine().decide(.done(0, output: [])) { $0 == 3 }
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

    @Test func aRefusedFirstStepAbortsAtOnce() {
        let abort = SagaAbort(step: "a", reason: "no")
        #expect(machine().decide(.notDone(0, Self.failure)) == [.notDone(0), .aborting(abort), .aborted(abort)])
    }

    @Test func aStepOfUnknownOutcomeIsUndoneItself() {
        let machine = machine(after: .done(0, output: []), .unknown(1, Self.failure))
        #expect(machine.actions == [.undo(1)])
    }

    @Test func undoRunsInReverseAndEndsInAnAbort() {
        var machine = machine(after: .done(0, output: []), .done(1, output: []), .notDone(2, Self.failure))
        #expect(machine.actions == [.undo(1)])
        for record in machine.decide(.undone(1)) { machine.apply(record) }
        #expect(machine.actions == [.undo(0)])
        for record in machine.decide(.undone(0)) { machine.apply(record) }
        #expect(machine.phase == .aborted(SagaAbort(step: "c", reason: "no")))
    }

    @Test func nothingIsUndoneOnceThePivotIsDone() {
        let machine = machine(after: .done(0, output: []), .done(1, output: []), .done(2, output: []))
        #expect(machine.decide(.notDone(3, Self.failure)).last == .stuck(stuck("d", .forward)))
        #expect(machine.decide(.unknown(3, Self.failure)).last == .stuck(stuck("d", .forward)))
    }

    @Test func aPivotOfUnknownOutcomeIsStuckRatherThanUndone() {
        let machine = machine(after: .done(0, output: []), .done(1, output: []))
        #expect(machine.decide(.unknown(2, Self.failure)) == [.stuck(stuck("c", .forward))])
    }

    @Test func anUndoThatFailedIsStuck() {
        let machine = machine(after: .done(0, output: []), .notDone(1, Self.failure))
        #expect(machine.decide(.undoFailed(0, reason: "no")) == [.stuck(stuck("a", .backward))])
    }

    @Test func signalsThatAreOutOfDateAreIgnored() {
        let machine = machine(after: .done(0, output: []))
        #expect(machine.decide(.done(0, output: [])).isEmpty)
        #expect(machine.decide(.undone(0)).isEmpty)
        #expect(machine.decide(.start(Self.start)).isEmpty)
    }

    @Test func replayingTheRecordsLeadsToTheSameMachine() throws {
        var generator = SeededGenerator(seed: 42)
        for _ in 0..<500 {
            var machine = SagaMachine(Self.shape)
            var journal: [SagaRecord] = []
            var signal = SagaSignal.start(Self.start)
            while true {
                let records = machine.decide(signal) { _ in generator.next() % 4 > 0 }
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
