import MarketplaceCore

/// What a decision of ``SagaMachine`` may ask: the time, and what the saga's state says of a step whose turn has come.
struct SagaDecisionContext {
    let now: Timestamp
    /// Whether the condition of a step holds.
    let isWanted: (Int) -> Bool
    /// Until when a pause lasts or a signal is waited for; nil for no end.
    let waitEnd: (Int) -> Timestamp?
}

extension SagaMachine {
    /// Answers a signal with the records to journal, none when it changes nothing or is out of date.
    func decide(_ signal: SagaSignal, _ context: SagaDecisionContext) -> [SagaRecord] {
        switch signal {
        case .start(let start):
            guard phase == .unborn else { return [] }
            return following([.started(start)], context)
        case .done(let step, let output):
            guard isRunning, steps[step] == .intended else { return [] }
            return following([.done(step, output: output)], context)
        case .notDone(let step, let failure):
            guard isRunning, steps[step] == .intended else { return [] }
            return failed(step, .notDone(step), failure, .refused, context)
        case .refusedInDoubt(let step, let failure):
            guard isRunning, steps[step] == .intended else { return [] }
            // An undo takes back what an earlier attempt did, and has refused what it does late. A pivot has none: what it
            // was refused under its key it was refused for good.
            let isUndone = shape.steps[step].kind == .compensatable
            return failed(step, isUndone ? .unknown(step) : .notDone(step), failure, .refused, context)
        case .unknown(let step, let failure):
            guard isRunning, steps[step] == .intended else { return [] }
            return failed(step, .unknown(step), failure, .unknown, context)
        case .undone(let step):
            guard case .backward = phase, lastToUndo == step else { return [] }
            return following([.undone(step)], context)
        case .undoFailed(let step, let reason):
            guard case .backward = phase, lastToUndo == step else { return [] }
            return [.stuck(SagaStuck(step: shape.steps[step].name, direction: .backward, reason: reason))]
        case .look:
            return following([], context)
        case .interrupted:
            // A step that was under way is performed again with its key; when the saga was going back already, it is
            // undone instead.
            guard case .backward = phase else { return following([], context) }
            return following(steps.indices.filter { steps[$0] == .intended }.map(SagaRecord.unknown), context)
        }
    }

    private var isRunning: Bool {
        switch phase {
        case .forward, .backward: true
        case .unborn, .completed, .aborted, .stuck, .forced: false
        }
    }

    /// `records` and what follows from them.
    private func following(_ records: [SagaRecord], _ context: SagaDecisionContext) -> [SagaRecord] {
        var after = self
        for record in records { after.apply(record) }
        return records + after.consequences(context)
    }

    /// The records of a step that did not, or may not, have happened.
    private func failed(
        _ step: Int,
        _ record: SagaRecord,
        _ failure: SagaFailure,
        _ cause: SagaAbort.Cause,
        _ context: SagaDecisionContext
    ) -> [SagaRecord] {
        // The run turned around before, because of a sibling.
        if case .backward = phase { return following([record], context) }
        let kind = shape.steps[step].kind
        guard kind == .compensatable || (kind == .pivot && cause == .refused) else {
            return [
                .stuck(SagaStuck(step: shape.steps[step].name, direction: .forward, reason: failure.reason))
            ]
        }
        let abort = SagaAbort(
            cause,
            step: shape.steps[step].name,
            reason: failure.reason,
            encodedError: failure.encodedError
        )
        return following([record, .aborting(abort)], context)
    }

    /// What is to be journalled next, now that nothing new has happened.
    private func consequences(_ context: SagaDecisionContext) -> [SagaRecord] {
        switch phase {
        case .forward: forwardConsequences(context)
        case .backward(let abort): hasOpenSteps || lastToUndo != nil ? [] : [.aborted(abort)]
        case .forced: [.completed]
        case .completed: turnAround(context).map { following([.aborting($0)], context) } ?? []
        case .unborn, .aborted, .stuck: []
        }
    }

    private func forwardConsequences(_ context: SagaDecisionContext) -> [SagaRecord] {
        if steps.contains(.intended) { return [] }
        if let abort = turnAround(context) {
            // What is only waited for is given up; it has done nothing.
            let waiting = steps.indices.filter { steps[$0].isOpen }.map(SagaRecord.notDone)
            return following(waiting + [.aborting(abort)], context)
        }
        for step in steps.indices {
            guard case .waiting(let until) = steps[step] else { continue }
            return waitConsequences(of: step, until: until, context)
        }
        return enter(from: (steps.lastIndex { $0 != .pending } ?? -1) + 1, context)
    }

    /// What has become of a wait; nothing as long as it goes on.
    private func waitConsequences(of step: Int, until: Timestamp?, _ context: SagaDecisionContext) -> [SagaRecord] {
        let isSignal = shape.steps[step].form == .signal
        // What it brings goes into the state before anything else is decided; the shell looks again then.
        if isSignal, let payload = signals[shape.steps[step].name] { return [.done(step, output: payload)] }
        guard let until, until <= context.now else { return [] }
        guard isSignal else { return following([.done(step, output: [])], context) }
        let reason = "no signal came by \(until)"
        guard mayTurnAround else {
            return [.stuck(SagaStuck(step: shape.steps[step].name, direction: .forward, reason: reason))]
        }
        let abort = SagaAbort(.deadline, step: shape.steps[step].name, reason: reason)
        return following([.notDone(step), .aborting(abort)], context)
    }

    /// Why the run is to turn around now, if it is.
    private func turnAround(_ context: SagaDecisionContext) -> SagaAbort? {
        guard mayTurnAround, phase != .completed || !shape.hasPivot else { return nil }
        let place = steps.firstIndex { $0.isOpen || $0 == .pending }.map { shape.steps[$0].name } ?? ""
        if let cancellation { return SagaAbort(.cancelled, step: place, reason: cancellation) }
        guard phase == .forward, let deadline, deadline <= context.now else { return nil }
        return SagaAbort(.deadline, step: place, reason: "the saga was to end by \(deadline)")
    }

    /// The records that lead into the next stage in which anything is to be done, or to the end.
    private func enter(from first: Int, _ context: SagaDecisionContext) -> [SagaRecord] {
        var records: [SagaRecord] = []
        var next = first
        while next < steps.count {
            let stage = shape.stage(of: next)
            var isEntered = false
            for step in stage {
                guard context.isWanted(step) else {
                    records.append(.skipped(step))
                    continue
                }
                isEntered = true
                switch shape.steps[step].form {
                case .action, .child: records.append(.intended(step))
                case .pause, .signal: records.append(.waiting(step, until: context.waitEnd(step)))
                }
            }
            // A wait may be over as soon as it begins: its signal came early, or its time has passed.
            if isEntered { return shape.steps[next].form.isWait ? following(records, context) : records }
            next = stage.upperBound
        }
        return records + [.completed]
    }
}

extension StepForm {
    /// Whether the step only waits.
    var isWait: Bool { self == .pause || self == .signal }
}
