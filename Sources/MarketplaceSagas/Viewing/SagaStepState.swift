/// How a step of one run stands.
public enum SagaStepState: String, Sendable, Hashable, Codable, CaseIterable {
    /// Its turn has not come.
    case notReached = "not reached"
    /// It was passed over: its condition was false, or an operator said so.
    case skipped
    /// It is being performed, or was when its worker died.
    case underWay = "under way"
    /// It waits for a point in time or for a signal.
    case waiting
    /// It happened.
    case done
    /// It certainly did not happen.
    case notDone = "not done"
    /// It may have happened.
    case unknown
    /// Its effect was taken back.
    case undone
    /// It, or its undo, needs an operator.
    case stuck
}

extension SagaMachine {
    /// How a step stands, for people.
    func viewedState(of step: Int) -> SagaStepState {
        if case .stuck(let stuck) = phase, stuck.step == shape.steps[step].name { return .stuck }
        return switch steps[step] {
        case .pending: .notReached
        case .skipped: .skipped
        // Only an operator's word ends a saga around a step that has no outcome.
        case .intended: phase == .completed ? .skipped : .underWay
        case .waiting: phase == .completed ? .skipped : .waiting
        case .done: .done
        case .notDone: .notDone
        case .unknown: .unknown
        // A wait has done nothing that could be taken back.
        case .undone: shape.steps[step].form.isWait ? .done : .undone
        }
    }
}
