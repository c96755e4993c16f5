/// Steps that run at the same time.
///
/// The saga goes on when all are done. When one is not, the others are waited for before anything is undone, and then
/// each that was started is undone once.
public struct Parallel<State: SagaState>: Sendable {
    let steps: [StepBlueprint<State>]

    /// A group of steps, at least one.
    public init(@ParallelBuilder<State> steps: () -> Parallel<State>) {
        self = steps()
    }

    init(steps: [StepBlueprint<State>]) {
        self.steps = steps
    }
}

/// Puts the steps of a parallel group together.
@resultBuilder
public enum ParallelBuilder<State: SagaState> {
    /// Lets the key path of a step be inferred from the saga's state.
    public static func buildExpression(_ step: Step<State>) -> Step<State> { step }

    /// The group.
    public static func buildBlock(_ steps: Step<State>...) -> Parallel<State> {
        Parallel(steps: steps.map(\.blueprint))
    }
}
