public import MarketplaceCore

extension SagaCoordinator {
    /// What happened so far in the run of a saga, whoever drives it.
    ///
    /// - Parameters:
    ///   - definition: The name of the saga's definition; the version it began under must be registered here.
    ///   - key: The saga's business key.
    /// - Throws: ``SagaError/unknownSaga(name:key:)``, ``SagaError/forgotten(_:_:)`` when its journal has been trimmed
    ///   away, ``SagaError/unknownDefinition(name:version:registered:)``, or why it cannot be read.
    public func timeline(of definition: String, key: SagaKey) async throws(SagaError) -> SagaTimeline {
        guard let summary = try await find(definition, key: key) else {
            throw .unknownSaga(name: definition, key: key)
        }
        guard summary.hasJournal else { throw .forgotten(summary.id, summary.status) }
        let shape = try registration(name: definition, version: summary.version).shape
        return SagaTimeline(summary, try await SagaJournal(of: summary.id, definition, shape, in: store), shape)
    }
}

extension SagaTimeline {
    /// Follows a journal through the state machine.
    init(_ summary: SagaSummary, _ journal: SagaJournal, _ shape: SagaShape) {
        var machine = SagaMachine(shape)
        let start = journal.times.first ?? .epoch
        var began = [Timestamp?](repeating: nil, count: shape.steps.count)
        var changed = began
        var states = shape.steps.indices.map(machine.viewedState)
        entries = zip(journal.records, journal.times).map { record, time in
            let stuck = machine.stuckStep
            machine.apply(record)
            for step in shape.steps.indices {
                let state = machine.viewedState(of: step)
                guard state != states[step] else { continue }
                states[step] = state
                changed[step] = time
                if began[step] == nil { began[step] = time }
            }
            return Entry(record, at: time, start: start, in: shape, stuckAt: stuck)
        }
        saga = summary.id
        definition = summary.definition
        version = summary.version
        key = summary.key
        // The journal and not the summary, which may have been written a moment earlier.
        status = machine.status
        steps = shape.steps.indices.map { step in
            Step(
                shape.steps[step],
                state: states[step],
                beganAt: began[step],
                changedAt: changed[step]
            )
        }
    }
}

extension SagaTimeline.Step {
    init(_ shape: StepShape, state: SagaStepState, beganAt: Timestamp?, changedAt: Timestamp?) {
        name = shape.name
        kind = shape.kind.viewed
        form = shape.form.viewed
        stage = shape.stage
        self.state = state
        self.beganAt = beganAt
        self.changedAt = changedAt
    }
}

extension SagaMachine {
    /// The step the run is stuck at.
    fileprivate var stuckStep: String? {
        if case .stuck(let stuck) = phase { stuck.step } else { nil }
    }
}

extension SagaTimeline.Entry {
    /// A record in words.
    init(_ record: SagaRecord, at time: Timestamp, start: Timestamp, in shape: SagaShape, stuckAt stuckStep: String?) {
        let until = { (end: Timestamp?) in end.map { " until " + SagaTimeline.offset(start.duration(to: $0)) } ?? "" }
        self.time = time
        event = record.transitionName
        var step = record.step.map { shape.steps[$0].name }
        let form = record.step.map { shape.steps[$0].form } ?? .action
        var reason: String?
        var actor: String?
        switch record {
        case .started(let started):
            text = "the saga starts" + (started.deadline == nil ? "" : ", it has" + until(started.deadline))
            actor = started.worker
        case .claimed(let worker):
            text = "a worker takes it over"
            actor = worker
        case .intended: text = "begins"
        case .waiting(_, let end): text = (form == .signal ? "waits for the signal" : "pauses") + until(end)
        case .skipped: text = "skipped, its condition does not hold"
        case .done: text = form == .signal ? "the signal is taken" : form == .pause ? "the pause is over" : "done"
        case .notDone: text = form.isWait ? "is waited for no more" : "did not happen"
        case .unknown: text = "may have happened"
        case .aborting(let abort):
            step = abort.step.isEmpty ? nil : abort.step
            text = "the saga turns around, \(abort.cause.words)"
            reason = abort.reason
        case .undone: text = form.isWait ? "has nothing to undo" : "undone"
        case .stuck(let stuck):
            step = stuck.step
            text =
                stuck.direction == .forward
                ? "stuck, an operator must decide" : "its undo is stuck, an operator must decide"
            reason = stuck.reason
        case .completed: text = "the saga is complete"
        case .aborted: text = "the saga is over, everything undone"
        case .signalled(let name, _):
            step = name
            text = "somebody sends the signal"
        case .cancelRequested(let why):
            text = "somebody calls it off"
            reason = why
        case .operated(let operation):
            step = stuckStep
            text = "an operator decides: \(operation.verb.rawValue)"
            reason = operation.reason
            actor = operation.actor
        }
        self.step = step
        self.reason = reason
        self.actor = actor
    }
}

extension SagaAbort.Cause {
    /// The cause as the end of a sentence.
    fileprivate var words: String {
        switch self {
        case .refused: "a step was not done"
        case .unknown: "the outcome of a step is unknown"
        case .cancelled: "it was called off"
        case .deadline: "time was up"
        }
    }
}
