import MarketplaceCore

/// A step with its output's type erased: what the coordinator performs.
struct StepBlueprint<State: SagaState>: Sendable {
    var shape: StepShape
    let body: StepBody<State>
    let timeout: Duration?
    let retry: RetryPolicy
    var undoRetry = RetryPolicy.never
    /// How long all attempts at the undo may take together; nil for as long as they last.
    var undoLimit: Duration?
    let unknown: UnknownRule
    /// Which errors settle the step as refused, whatever they say of their effect.
    var isFinal: (@Sendable (any Error) -> Bool)?
    var isWanted: (@Sendable (State) -> Bool)?
    /// Until when a pause lasts or a signal is waited for, given the time when its turn has come.
    var waitEnd: (@Sendable (State, Timestamp) -> Timestamp?)?
}

/// What to do when nobody knows whether a step has happened, without the types of the step.
enum UnknownRule: Sendable, Hashable {
    case compensate
    case retry
    case probe
}
