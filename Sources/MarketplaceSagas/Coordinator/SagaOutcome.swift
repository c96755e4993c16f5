/// How a saga ended, with its state as it was then.
public enum SagaOutcome<State: SagaState>: Sendable {
    /// All steps are done.
    case completed(State)
    /// A step could not be done, and everything before it was undone.
    case aborted(State, SagaAbort)
    /// It can go neither forward nor back on its own: an operator has to decide.
    case stuck(State, SagaStuck)

    /// The state.
    public var state: State {
        switch self {
        case .completed(let state), .aborted(let state, _), .stuck(let state, _): state
        }
    }
}
