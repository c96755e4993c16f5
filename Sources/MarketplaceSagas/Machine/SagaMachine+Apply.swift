import MarketplaceCore

extension SagaMachine {
    /// Moves along a journalled record.
    ///
    /// Records of other steps than the saga has are refused by the journal's reader.
    mutating func apply(_ record: SagaRecord) {
        switch record {
        case .started(let start):
            phase = .forward
            deadline = start.deadline
        case .claimed: break
        case .intended(let step): steps[step] = .intended
        case .waiting(let step, let until): steps[step] = .waiting(until: until)
        case .skipped(let step): steps[step] = .skipped
        case .done(let step, let output):
            steps[step] = .done(output: output)
            if shape.steps[step].form == .signal { signals[shape.steps[step].name] = nil }
        case .notDone(let step): steps[step] = .notDone
        case .unknown(let step): steps[step] = .unknown
        case .undone(let step): steps[step] = .undone
        case .aborting(let abort):
            phase = .backward(abort)
            self.abort = abort
        case .stuck(let stuck): phase = .stuck(stuck)
        case .completed: phase = .completed
        case .aborted(let abort): phase = .aborted(abort)
        case .signalled(let name, let payload): signals[name] = signals[name] ?? payload
        case .cancelRequested(let reason): cancellation = cancellation ?? reason
        case .operated(let operation): apply(operation)
        }
    }

    /// Follows an operator's word; it means something only to a run that is stuck.
    private mutating func apply(_ operation: SagaOperation) {
        guard case .stuck(let stuck) = phase, let step = shape.steps.firstIndex(where: { $0.name == stuck.step }) else {
            return
        }
        switch operation.verb {
        case .forceComplete:
            phase = .forced
            return
        case .retry: break
        case .skip: steps[step] = stuck.direction == .forward ? .skipped : .undone
        case .markCompensated:
            guard stuck.direction == .backward else { return }
            steps[step] = .undone
        }
        switch (stuck.direction, abort) {
        case (.backward, let abort?): phase = .backward(abort)
        case (.forward, _), (.backward, nil): phase = .forward
        }
    }
}
