/// Puts the steps of a saga together: steps that can be undone, then at most one pivot, then steps that are retried.
@resultBuilder
public enum SagaBuilder<State: SagaState> {
    /// Lets the key path of a step be inferred from the saga's state.
    public static func buildExpression(_ step: Step<State>) -> Step<State> { step }
    /// Lets the key path of a pivot be inferred from the saga's state.
    public static func buildExpression(_ pivot: Pivot<State>) -> Pivot<State> { pivot }
    /// Lets the key path of a step be inferred from the saga's state.
    public static func buildExpression(_ step: Retriable<State>) -> Retriable<State> { step }

    /// A saga that begins with a step that can be undone.
    public static func buildPartialBlock(first step: Step<State>) -> BeforePivot<State> {
        BeforePivot(steps: [step.blueprint])
    }

    /// A saga that begins with its pivot.
    public static func buildPartialBlock(first pivot: Pivot<State>) -> AfterPivot<State> {
        AfterPivot(steps: [pivot.blueprint])
    }

    /// A saga that only goes forward.
    public static func buildPartialBlock(first step: Retriable<State>) -> AfterPivot<State> {
        AfterPivot(steps: [step.blueprint])
    }

    /// One more step that can be undone.
    public static func buildPartialBlock(accumulated: BeforePivot<State>, next: Step<State>) -> BeforePivot<State> {
        BeforePivot(steps: accumulated.steps + [next.blueprint])
    }

    /// The pivot.
    public static func buildPartialBlock(accumulated: BeforePivot<State>, next: Pivot<State>) -> AfterPivot<State> {
        AfterPivot(steps: accumulated.steps + [next.blueprint])
    }

    /// The first step that only goes forward, in a saga without a pivot of its own.
    public static func buildPartialBlock(accumulated: BeforePivot<State>, next: Retriable<State>) -> AfterPivot<State> {
        AfterPivot(steps: accumulated.steps + [next.blueprint])
    }

    /// One more step that only goes forward.
    public static func buildPartialBlock(accumulated: AfterPivot<State>, next: Retriable<State>) -> AfterPivot<State> {
        AfterPivot(steps: accumulated.steps + [next.blueprint])
    }

    /// Refused: nothing can be undone once the pivot is done.
    @available(*, unavailable, message: "a step that can be undone must come before the pivot; use Retriable here")
    public static func buildPartialBlock(accumulated: AfterPivot<State>, next: Step<State>) -> AfterPivot<State> {
        accumulated
    }

    /// Refused: there is one point of no return.
    @available(*, unavailable, message: "a saga has one pivot, before every Retriable; use Retriable here")
    public static func buildPartialBlock(accumulated: AfterPivot<State>, next: Pivot<State>) -> AfterPivot<State> {
        accumulated
    }

    /// A saga of steps that can all be undone.
    public static func buildFinalResult(_ block: BeforePivot<State>) -> SagaProgram<State> {
        SagaProgram(steps: block.steps)
    }

    /// A saga with a point of no return.
    public static func buildFinalResult(_ block: AfterPivot<State>) -> SagaProgram<State> {
        SagaProgram(steps: block.steps)
    }
}
