/// What to do when nobody knows whether a step that can be undone has happened.
public enum UnknownPolicy<State: SagaState, Output: Sendable>: Sendable {
    /// Undo it, with ``StepEffect/unknown``, and everything before it.
    case compensate
    /// Perform it again with the same idempotency key, as often as the retry policy allows; then undo it.
    case retry
    /// Ask whether it happened; when even that stays unknown as often as the retry policy allows, undo it.
    case probe(@Sendable (State, StepContext) async throws -> ProbeAnswer<Output>)
}

extension UnknownPolicy {
    var rule: UnknownRule {
        switch self {
        case .compensate: .compensate
        case .retry: .retry
        case .probe: .probe
        }
    }

    var probe: StepBody<State>.TypedProbe<Output>? {
        if case .probe(let probe) = self { probe } else { nil }
    }
}
