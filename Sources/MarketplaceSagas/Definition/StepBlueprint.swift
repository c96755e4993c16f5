import MarketplaceCore

/// A step with its output's type erased: what the coordinator performs.
struct StepBlueprint<State: SagaState>: Sendable {
    let shape: StepShape
    let body: StepBody<State>
    let timeout: Duration?
    let retry: RetryPolicy
    var undoRetry = RetryPolicy.never
    let unknown: UnknownRule
    var isWanted: (@Sendable (State) -> Bool)?
}

/// What to do when nobody knows whether a step has happened, without the types of the step.
enum UnknownRule: Sendable, Hashable {
    case compensate
    case retry
    case probe
}
