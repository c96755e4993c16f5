public import MarketplaceCore

/// A step that can be undone.
///
/// The undo must be harmless when the effect never happened, and must keep a late forward call with the same key from
/// taking effect afterwards.
public struct Step<State: SagaState>: Sendable {
    let blueprint: StepBlueprint<State>

    /// A step whose output goes into the state.
    ///
    /// - Parameters:
    ///   - name: A name that no other step of the saga has; it is what the journal keeps.
    ///   - output: Where the output goes. No other step may use it.
    ///   - timeout: How long one attempt may take before its outcome counts as unknown; nil for no limit.
    ///   - retry: How often it is tried again when it was not applied.
    ///   - unknown: What to do when its outcome is unknown.
    ///   - undoRetry: How often the undo is tried before the saga is stuck.
    ///   - undoLimit: How long all attempts at the undo may take together before the saga is stuck; nil for no limit.
    ///   - isFinal: Which errors settle the step as refused, whatever they say of their effect.
    ///   - condition: Whether the step is to be performed; decided once, when its turn comes, and journalled.
    ///   - run: Performs the step.
    ///   - undo: Takes its effect back.
    public init<Output: Codable & Sendable>(
        _ name: String,
        into output: any WritableKeyPath<State, Output?> & Sendable,
        timeout: Duration? = nil,
        retry: RetryPolicy = .exponential(),
        onUnknown unknown: UnknownPolicy<State, Output> = .compensate,
        undoRetry: RetryPolicy = .exponential(attempts: 20),
        undoWithin undoLimit: Duration? = nil,
        final isFinal: (@Sendable (any Error) -> Bool)? = nil,
        when condition: (@Sendable (State) -> Bool)? = nil,
        _ run: @escaping @Sendable (State, StepContext) async throws -> Output,
        undo: @escaping @Sendable (State, StepEffect<Output>, StepContext) async throws -> Void
    ) {
        blueprint = StepBlueprint(
            shape: StepShape(name: name, kind: .compensatable),
            body: StepBody(into: output, run: run, probe: unknown.probe, undo: undo),
            timeout: timeout,
            retry: retry,
            undoRetry: undoRetry,
            undoLimit: undoLimit,
            unknown: unknown.rule,
            isFinal: isFinal,
            isWanted: condition
        )
    }

    /// A step without an output.
    ///
    /// - Parameters:
    ///   - name: A name that no other step of the saga has; it is what the journal keeps.
    ///   - timeout: How long one attempt may take before its outcome counts as unknown; nil for no limit.
    ///   - retry: How often it is tried again when it was not applied.
    ///   - unknown: What to do when its outcome is unknown.
    ///   - undoRetry: How often the undo is tried before the saga is stuck.
    ///   - undoLimit: How long all attempts at the undo may take together before the saga is stuck; nil for no limit.
    ///   - isFinal: Which errors settle the step as refused, whatever they say of their effect.
    ///   - condition: Whether the step is to be performed; decided once, when its turn comes, and journalled.
    ///   - run: Performs the step.
    ///   - undo: Takes its effect back.
    public init(
        _ name: String,
        timeout: Duration? = nil,
        retry: RetryPolicy = .exponential(),
        onUnknown unknown: UnknownPolicy<State, Void> = .compensate,
        undoRetry: RetryPolicy = .exponential(attempts: 20),
        undoWithin undoLimit: Duration? = nil,
        final isFinal: (@Sendable (any Error) -> Bool)? = nil,
        when condition: (@Sendable (State) -> Bool)? = nil,
        _ run: @escaping @Sendable (State, StepContext) async throws -> Void,
        undo: @escaping @Sendable (State, StepEffect<Void>, StepContext) async throws -> Void
    ) {
        blueprint = StepBlueprint(
            shape: StepShape(name: name, kind: .compensatable),
            body: StepBody(run: run, probe: unknown.probe, undo: undo),
            timeout: timeout,
            retry: retry,
            undoRetry: undoRetry,
            undoLimit: undoLimit,
            unknown: unknown.rule,
            isFinal: isFinal,
            isWanted: condition
        )
    }
}
