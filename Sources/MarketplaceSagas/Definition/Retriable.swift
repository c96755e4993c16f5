public import MarketplaceCore

/// A step after the point of no return: it is retried, with the same key, until it succeeds.
///
/// It must not be refusable. When it is refused all the same, or its attempts are used up, the saga is stuck and an
/// operator decides.
public struct Retriable<State: SagaState>: Sendable {
    let blueprint: StepBlueprint<State>

    /// A step whose output goes into the state.
    ///
    /// - Parameters:
    ///   - name: A name that no other step of the saga has; it is what the journal keeps.
    ///   - output: Where the output goes. No other step may use it.
    ///   - timeout: How long one attempt may take before its outcome counts as unknown; nil for no limit.
    ///   - retry: How often it is tried again, whether it was not applied or its outcome is unknown.
    ///   - condition: Whether the step is to be performed; decided once, when its turn comes, and journalled.
    ///   - run: Performs the step.
    public init<Output: Codable & Sendable>(
        _ name: String,
        into output: any WritableKeyPath<State, Output?> & Sendable,
        timeout: Duration? = nil,
        retry: RetryPolicy = .exponential(attempts: 20),
        when condition: (@Sendable (State) -> Bool)? = nil,
        _ run: @escaping @Sendable (State, StepContext) async throws -> Output
    ) {
        blueprint = StepBlueprint(
            shape: StepShape(name: name, kind: .retriable),
            body: StepBody(into: output, run: run),
            timeout: timeout,
            retry: retry,
            unknown: .retry,
            isWanted: condition
        )
    }

    /// A step without an output.
    ///
    /// - Parameters:
    ///   - name: A name that no other step of the saga has; it is what the journal keeps.
    ///   - timeout: How long one attempt may take before its outcome counts as unknown; nil for no limit.
    ///   - retry: How often it is tried again, whether it was not applied or its outcome is unknown.
    ///   - condition: Whether the step is to be performed; decided once, when its turn comes, and journalled.
    ///   - run: Performs the step.
    public init(
        _ name: String,
        timeout: Duration? = nil,
        retry: RetryPolicy = .exponential(attempts: 20),
        when condition: (@Sendable (State) -> Bool)? = nil,
        _ run: @escaping @Sendable (State, StepContext) async throws -> Void
    ) {
        blueprint = StepBlueprint(
            shape: StepShape(name: name, kind: .retriable),
            body: StepBody(run: run),
            timeout: timeout,
            retry: retry,
            unknown: .retry,
            isWanted: condition
        )
    }
}
