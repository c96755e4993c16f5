public import MarketplaceCore

/// The point of no return: what came before can be undone until it is done, and never after.
///
/// A pivot is not undone. When its outcome is unknown it is probed until it is known; without a probe, or when the
/// probe's attempts are used up, the saga is stuck and an operator decides.
public struct Pivot<State: SagaState>: Sendable {
    let blueprint: StepBlueprint<State>

    /// A pivot whose output goes into the state.
    ///
    /// - Parameters:
    ///   - name: A name that no other step of the saga has; it is what the journal keeps.
    ///   - output: Where the output goes. No other step may use it.
    ///   - timeout: How long one attempt may take before its outcome counts as unknown; nil for no limit.
    ///   - retry: How often it is tried again when it was not applied, and probed while it is unknown.
    ///   - probe: Finds out whether it happened.
    ///   - condition: Whether it is to be performed; decided once, when its turn comes, and journalled. A saga whose
    ///     pivot is skipped can turn around until its first ``Retriable``.
    ///   - run: Performs the pivot.
    public init<Output: Codable & Sendable>(
        _ name: String,
        into output: any WritableKeyPath<State, Output?> & Sendable,
        timeout: Duration? = nil,
        retry: RetryPolicy = .exponential(attempts: 20),
        probe: (@Sendable (State, StepContext) async throws -> ProbeAnswer<Output>)? = nil,
        when condition: (@Sendable (State) -> Bool)? = nil,
        _ run: @escaping @Sendable (State, StepContext) async throws -> Output
    ) {
        blueprint = StepBlueprint(
            shape: StepShape(name: name, kind: .pivot),
            body: StepBody(into: output, run: run, probe: probe),
            timeout: timeout,
            retry: retry,
            unknown: .probe,
            isWanted: condition
        )
    }

    /// A pivot without an output.
    ///
    /// - Parameters:
    ///   - name: A name that no other step of the saga has; it is what the journal keeps.
    ///   - timeout: How long one attempt may take before its outcome counts as unknown; nil for no limit.
    ///   - retry: How often it is tried again when it was not applied, and probed while it is unknown.
    ///   - probe: Finds out whether it happened.
    ///   - condition: Whether it is to be performed; decided once, when its turn comes, and journalled. A saga whose
    ///     pivot is skipped can turn around until its first ``Retriable``.
    ///   - run: Performs the pivot.
    public init(
        _ name: String,
        timeout: Duration? = nil,
        retry: RetryPolicy = .exponential(attempts: 20),
        probe: (@Sendable (State, StepContext) async throws -> ProbeAnswer<Void>)? = nil,
        when condition: (@Sendable (State) -> Bool)? = nil,
        _ run: @escaping @Sendable (State, StepContext) async throws -> Void
    ) {
        blueprint = StepBlueprint(
            shape: StepShape(name: name, kind: .pivot),
            body: StepBody(run: run, probe: probe),
            timeout: timeout,
            retry: retry,
            unknown: .probe,
            isWanted: condition
        )
    }
}
