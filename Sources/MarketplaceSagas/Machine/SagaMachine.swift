import MarketplaceCore

/// Where a run of a saga stands, and what it does next: a value that neither performs anything nor reads a clock.
///
/// It works like an aggregate. ``decide(_:_:)`` answers a signal with the records to journal, ``apply(_:)`` moves it
/// along a record, and ``actions`` says what is to be done once those records are stored. A restarted process replays
/// the journal through ``apply(_:)`` and carries on with ``actions``. What others have to say (a signal, a
/// cancellation, an operator's word) comes as a record they have appended, followed by a ``SagaSignal/look``.
struct SagaMachine: Sendable {
    /// What is known of one step.
    enum StepStatus: Sendable, Hashable {
        /// Its turn has not come.
        case pending
        /// Its condition was false, or an operator has passed over it.
        case skipped
        /// It is about to be performed, or was being performed when the process died.
        case intended
        /// It waits for a point in time, or for a signal until that point.
        case waiting(until: Timestamp?)
        /// It happened.
        case done(output: [UInt8])
        /// It certainly did not happen.
        case notDone
        /// It may have happened.
        case unknown
        /// Its effect was taken back, or was certainly never there.
        case undone

        /// Whether its outcome is still to come.
        var isOpen: Bool {
            switch self {
            case .intended, .waiting: true
            case .pending, .skipped, .done, .notDone, .unknown, .undone: false
            }
        }
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
        /// An operator has declared it complete.
        case forced
    }

    let shape: SagaShape
    var phase = Phase.unborn
    var steps: [StepStatus]
    /// The signals that came and were not waited for yet, by name.
    var signals: [String: [UInt8]] = [:]
    /// Why somebody wants it to turn around.
    var cancellation: String?
    /// When it turns around by itself.
    var deadline: Timestamp?
    /// Why it turned around, kept for when an operator gets it going again.
    var abort: SagaAbort?

    init(_ shape: SagaShape) {
        self.shape = shape
        steps = Array(repeating: .pending, count: shape.steps.count)
    }

    /// What is to be done now; empty when the run waits, is over or is stuck.
    ///
    /// While it goes back, nothing is undone before every step that was started has an outcome.
    var actions: [SagaAction] {
        switch phase {
        case .forward: steps.indices.filter { steps[$0] == .intended }.map(SagaAction.perform)
        case .backward: hasOpenSteps ? [] : lastToUndo.map { [.undo($0)] } ?? []
        case .unborn, .completed, .aborted, .stuck, .forced: []
        }
    }

    /// Until when the run waits without anything to do; nil when it does not wait.
    var suspension: SagaSuspension? {
        guard phase == .forward, !steps.contains(.intended) else { return nil }
        var ends: [Timestamp] = []
        var isWaiting = false
        for case .waiting(let until) in steps {
            isWaiting = true
            if let until { ends.append(until) }
        }
        guard isWaiting else { return nil }
        if let deadline, mayTurnAround { ends.append(deadline) }
        return SagaSuspension(until: ends.min())
    }

    /// Whether any step has no outcome yet.
    var hasOpenSteps: Bool { steps.contains(where: \.isOpen) }

    /// Whether nothing has been started yet that cannot be undone.
    var mayTurnAround: Bool {
        steps.indices.allSatisfy { index in
            switch steps[index] {
            case .pending, .skipped, .notDone, .undone: true
            // Waiting for something to come does nothing that would have to be undone.
            case .waiting: true
            case .intended, .done, .unknown: shape.steps[index].kind == .compensatable
            }
        }
    }

    /// The last step that has to be undone: undo runs in reverse order.
    var lastToUndo: Int? {
        steps.lastIndex { status in
            switch status {
            case .done, .unknown: true
            case .pending, .skipped, .intended, .waiting, .notDone, .undone: false
            }
        }
    }
}

/// A run that waits without anything to do.
struct SagaSuspension: Sendable, Hashable {
    /// When it is to be looked at at the latest; nil when only a signal can move it.
    let until: Timestamp?
}
