/// Where a run of a saga stands, and what it does next: a value that neither performs anything nor reads a clock.
///
/// It works like an aggregate. ``decide(_:isWanted:)`` answers a signal with the records to journal, ``apply(_:)``
/// moves it along a record, and ``actions`` says what is to be done once those records are stored. A restarted
/// process replays the journal through ``apply(_:)`` and carries on with ``actions``.
struct SagaMachine: Sendable {
    /// What is known of one step.
    enum StepStatus: Sendable, Hashable {
        /// Its turn has not come.
        case waiting
        /// Its condition was false.
        case skipped
        /// It is about to be performed, or was being performed when the process died.
        case intended
        /// It happened.
        case done(output: [UInt8])
        /// It certainly did not happen.
        case notDone
        /// It may have happened.
        case unknown
        /// Its effect was taken back, or was certainly never there.
        case undone
    }

    /// Which way the run goes.
    enum Phase: Sendable, Hashable {
        /// Nothing was journalled yet.
        case unborn
        /// From step to step.
        case forward
        /// Back from undo to undo.
        case backward(SagaAbort)
        /// All steps are done.
        case completed
        /// All that was done is undone.
        case aborted(SagaAbort)
        /// Only an operator can move it on.
        case stuck(SagaStuck)
    }

    let shape: SagaShape
    private(set) var phase = Phase.unborn
    private(set) var steps: [StepStatus]

    init(_ shape: SagaShape) {
        self.shape = shape
        steps = Array(repeating: .waiting, count: shape.steps.count)
    }

    /// What is to be done now; empty when the run is over or stuck.
    var actions: [SagaAction] {
        switch phase {
        case .forward: steps.indices.filter { steps[$0] == .intended }.map(SagaAction.perform)
        case .backward: lastToUndo.map { [.undo($0)] } ?? []
        case .unborn, .completed, .aborted, .stuck: []
        }
    }

    /// The last step that has to be undone: undo runs in reverse order.
    private var lastToUndo: Int? {
        steps.lastIndex { status in
            switch status {
            case .done, .unknown: true
            case .waiting, .skipped, .intended, .notDone, .undone: false
            }
        }
    }
}

extension SagaMachine {
    /// Answers a signal with the records to journal.
    ///
    /// - Parameters:
    ///   - signal: What happened.
    ///   - isWanted: Whether the condition of a step holds; asked only for steps whose turn has come.
    /// - Returns: The records, none when the signal is out of date.
    func decide(_ signal: SagaSignal, isWanted: (Int) -> Bool = { _ in true }) -> [SagaRecord] {
        switch (signal, phase) {
        case (.start(let start), .unborn):
            return [.started(start)] + forward(from: 0, isWanted: isWanted)
        case (.done(let step, let output), .forward) where steps[step] == .intended:
            return [.done(step, output: output)] + forward(from: step + 1, isWanted: isWanted)
        case (.notDone(let step, let failure), .forward) where steps[step] == .intended:
            guard shape.steps[step].kind != .retriable else { return [.stuck(stuck(step, failure.reason, .forward))] }
            return [.notDone(step)] + backward(from: step, because: failure, isUnknown: false)
        case (.unknown(let step, let failure), .forward) where steps[step] == .intended:
            guard shape.steps[step].kind == .compensatable else {
                return [.stuck(stuck(step, failure.reason, .forward))]
            }
            return [.unknown(step)] + backward(from: step, because: failure, isUnknown: true)
        case (.undone(let step), .backward(let abort)) where lastToUndo == step:
            var after = self
            after.apply(.undone(step))
            return [.undone(step)] + (after.lastToUndo == nil ? [.aborted(abort)] : [])
        case (.undoFailed(let step, let reason), .backward) where lastToUndo == step:
            return [.stuck(stuck(step, reason, .backward))]
        default:
            return []
        }
    }

    /// The records that lead to the next step that is wanted, or to the end.
    private func forward(from first: Int, isWanted: (Int) -> Bool) -> [SagaRecord] {
        var records: [SagaRecord] = []
        for step in first..<steps.count {
            if isWanted(step) { return records + [.intended(step)] }
            records.append(.skipped(step))
        }
        return records + [.completed]
    }

    /// The records that turn the run around after `step`.
    private func backward(from step: Int, because failure: SagaFailure, isUnknown: Bool) -> [SagaRecord] {
        let abort = SagaAbort(
            step: shape.steps[step].name,
            reason: failure.reason,
            encodedError: failure.encodedError
        )
        let isNothingToUndo = !isUnknown && lastToUndo == nil
        return [.aborting(abort)] + (isNothingToUndo ? [.aborted(abort)] : [])
    }

    private func stuck(_ step: Int, _ reason: String, _ direction: SagaStuck.Direction) -> SagaStuck {
        SagaStuck(step: shape.steps[step].name, direction: direction, reason: reason)
    }
}

extension SagaMachine {
    /// Moves along a journalled record.
    ///
    /// Records of other steps than the saga has are refused by the journal's reader.
    mutating func apply(_ record: SagaRecord) {
        switch record {
        case .started: phase = .forward
        case .claimed: break
        case .intended(let step): steps[step] = .intended
        case .skipped(let step): steps[step] = .skipped
        case .done(let step, let output): steps[step] = .done(output: output)
        case .notDone(let step): steps[step] = .notDone
        case .unknown(let step): steps[step] = .unknown
        case .undone(let step): steps[step] = .undone
        case .aborting(let abort): phase = .backward(abort)
        case .stuck(let stuck): phase = .stuck(stuck)
        case .completed: phase = .completed
        case .aborted(let abort): phase = .aborted(abort)
        }
    }
}
