/// Puts the steps of a saga together: steps that can be undone, then at most one pivot, then steps that are retried.
///
/// A ``Parallel`` group stands among the steps that can be undone; a ``Pause`` or an ``AwaitSignal`` anywhere.
@resultBuilder
public enum SagaBuilder<State: SagaState> {
    /// Lets the key path of a step be inferred from the saga's state.
    public static func buildExpression(_ step: Step<State>) -> Step<State> { step }
    /// Lets the key paths of a group be inferred from the saga's state.
    public static func buildExpression(_ group: Parallel<State>) -> Parallel<State> { group }
    /// Lets the key path of a pivot be inferred from the saga's state.
    public static func buildExpression(_ pivot: Pivot<State>) -> Pivot<State> { pivot }
    /// Lets the key path of a step be inferred from the saga's state.
    public static func buildExpression(_ step: Retriable<State>) -> Retriable<State> { step }
    /// Lets the state of a pause be inferred from the saga's.
    public static func buildExpression(_ pause: Pause<State>) -> Pause<State> { pause }
    /// Lets the key path of a wait be inferred from the saga's state.
    public static func buildExpression(_ wait: AwaitSignal<State>) -> AwaitSignal<State> { wait }

    /// A saga that begins with a step that can be undone.
    public static func buildPartialBlock(first step: Step<State>) -> BeforePivot<State> {
        BeforePivot(stages: [[step.blueprint]])
    }

    /// A saga that begins with a group of steps that can be undone.
    public static func buildPartialBlock(first group: Parallel<State>) -> BeforePivot<State> {
        BeforePivot(stages: [group.steps])
    }

    /// A saga that begins with a pause.
    public static func buildPartialBlock(first pause: Pause<State>) -> BeforePivot<State> {
        BeforePivot(stages: [[pause.blueprint(.compensatable)]])
    }

    /// A saga that begins with a wait for a signal.
    public static func buildPartialBlock(first wait: AwaitSignal<State>) -> BeforePivot<State> {
        BeforePivot(stages: [[wait.blueprint(.compensatable)]])
    }

    /// A saga that begins with its pivot.
    public static func buildPartialBlock(first pivot: Pivot<State>) -> AfterPivot<State> {
        AfterPivot(stages: [[pivot.blueprint]])
    }

    /// A saga that only goes forward.
    public static func buildPartialBlock(first step: Retriable<State>) -> AfterPivot<State> {
        AfterPivot(stages: [[step.blueprint]])
    }

    /// One more step that can be undone.
    public static func buildPartialBlock(accumulated: BeforePivot<State>, next: Step<State>) -> BeforePivot<State> {
        BeforePivot(stages: accumulated.stages + [[next.blueprint]])
    }

    /// A group of steps that can be undone.
    public static func buildPartialBlock(accumulated: BeforePivot<State>, next: Parallel<State>) -> BeforePivot<State> {
        BeforePivot(stages: accumulated.stages + [next.steps])
    }

    /// A pause before the pivot.
    public static func buildPartialBlock(accumulated: BeforePivot<State>, next: Pause<State>) -> BeforePivot<State> {
        BeforePivot(stages: accumulated.stages + [[next.blueprint(.compensatable)]])
    }

    /// A wait for a signal before the pivot: when none comes in time, the saga turns around.
    public static func buildPartialBlock(
        accumulated: BeforePivot<State>,
        next: AwaitSignal<State>
    ) -> BeforePivot<State> {
        BeforePivot(stages: accumulated.stages + [[next.blueprint(.compensatable)]])
    }

    /// The pivot.
    public static func buildPartialBlock(accumulated: BeforePivot<State>, next: Pivot<State>) -> AfterPivot<State> {
        AfterPivot(stages: accumulated.stages + [[next.blueprint]])
    }

    /// The first step that only goes forward, in a saga without a pivot of its own.
    public static func buildPartialBlock(accumulated: BeforePivot<State>, next: Retriable<State>) -> AfterPivot<State> {
        AfterPivot(stages: accumulated.stages + [[next.blueprint]])
    }

    /// One more step that only goes forward.
    public static func buildPartialBlock(accumulated: AfterPivot<State>, next: Retriable<State>) -> AfterPivot<State> {
        AfterPivot(stages: accumulated.stages + [[next.blueprint]])
    }

    /// A pause after the pivot.
    public static func buildPartialBlock(accumulated: AfterPivot<State>, next: Pause<State>) -> AfterPivot<State> {
        AfterPivot(stages: accumulated.stages + [[next.blueprint(.retriable)]])
    }

    /// A wait for a signal after the pivot: when none comes in time, the saga is stuck.
    public static func buildPartialBlock(
        accumulated: AfterPivot<State>,
        next: AwaitSignal<State>
    ) -> AfterPivot<State> {
        AfterPivot(stages: accumulated.stages + [[next.blueprint(.retriable)]])
    }

    /// Refused: nothing can be undone once the pivot is done.
    @available(*, unavailable, message: "a step that can be undone must come before the pivot; use Retriable here")
    public static func buildPartialBlock(accumulated: AfterPivot<State>, next: Step<State>) -> AfterPivot<State> {
        accumulated
    }

    /// Refused: nothing can be undone once the pivot is done.
    @available(*, unavailable, message: "a parallel group must come before the pivot; use Retriable here")
    public static func buildPartialBlock(accumulated: AfterPivot<State>, next: Parallel<State>) -> AfterPivot<State> {
        accumulated
    }

    /// Refused: there is one point of no return.
    @available(*, unavailable, message: "a saga has one pivot, before every Retriable; use Retriable here")
    public static func buildPartialBlock(accumulated: AfterPivot<State>, next: Pivot<State>) -> AfterPivot<State> {
        accumulated
    }

    /// A saga of steps that can all be undone.
    public static func buildFinalResult(_ block: BeforePivot<State>) -> SagaProgram<State> {
        SagaProgram(stages: block.stages)
    }

    /// A saga with a point of no return.
    public static func buildFinalResult(_ block: AfterPivot<State>) -> SagaProgram<State> {
        SagaProgram(stages: block.stages)
    }
}
