/// The steps of a saga, put together in an order the compiler has checked.
public struct SagaProgram<State: SagaState>: Sendable {
    /// Steps that run at the same time stand in one stage.
    let stages: [[StepBlueprint<State>]]
}

/// Steps of a saga up to a place before the pivot: what was done can still be undone.
public struct BeforePivot<State: SagaState>: Sendable {
    let stages: [[StepBlueprint<State>]]
}

/// Steps of a saga up to a place at or after the pivot: it only goes forward from here.
public struct AfterPivot<State: SagaState>: Sendable {
    let stages: [[StepBlueprint<State>]]
}
