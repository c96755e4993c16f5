public import MarketplaceCore

/// How a step of one saga runs another: the child is started by the key of the step, and waited for.
struct ChildSaga<State: SagaState, Child: SagaState, Output: Codable & Sendable>: Sendable {
    let definition: SagaDefinition<Child>
    let input: @Sendable (State, StepContext) throws -> Child
    let result: @Sendable (Child) throws -> Output

    /// A child that is stuck, or whose worker is slow, is waited for without end: an operator moves it on.
    static var retry: RetryPolicy { .exponential(from: .seconds(1), cap: .seconds(60), attempts: nil) }

    func run(_ state: State, _ step: StepContext) async throws -> Output {
        let handle = try await step.coordinator.start(definition, try input(state, step), key: Self.key(step))
        switch try await handle.outcome() {
        case .completed(let child): return try result(child)
        case .aborted(_, let abort): throw ChildSagaAborted(saga: definition.name, abort: abort)
        case .stuck(_, let stuck): throw ChildSagaStuck(saga: definition.name, stuck: stuck)
        }
    }

    /// Undoes the child as a whole, and waits until it is undone; one that was never started never will be.
    func undo(_ step: StepContext) async throws {
        // The key of an undo has a part more than that of its step, under which the child was started.
        let key = SagaKey(unchecked: String(step.idempotencyKey.text.dropLast(StepContext.undoSuffix.utf8.count)))
        let coordinator = step.coordinator
        guard let handle = try await coordinator.undoOrForestall(definition, key: key) else { return }
        guard case .aborted = try await handle.outcome() else {
            throw NotApplied("the saga \(definition.name) is not undone yet")
        }
    }

    private static func key(_ step: StepContext) -> SagaKey { step.idempotencyKey.retyped() }
}

/// The saga that a step runs has turned around, and undone what it did.
public struct ChildSagaAborted: EffectStating, Hashable, Codable, CustomStringConvertible {
    /// The name of its definition.
    public let saga: String
    /// Why it turned around.
    public let abort: SagaAbort

    /// Nothing of it is left, and running it again gives the same.
    public var effect: EffectOutcome { .refused }
    /// The saga and the reason.
    public var description: String { "saga \(saga) was aborted: \(abort)" }
}

/// The saga that a step runs is stuck; the step waits until an operator has moved it on.
public struct ChildSagaStuck: EffectStating, Hashable, CustomStringConvertible {
    /// The name of its definition.
    public let saga: String
    /// Where and why it is stuck.
    public let stuck: SagaStuck

    /// Something of it has happened, something has not.
    public var effect: EffectOutcome { .unknown }
    /// The saga and the place.
    public var description: String { "saga \(saga) is stuck: \(stuck)" }
}

extension Step {
    /// A step that runs another saga, and undoes it as a whole even when it had completed.
    ///
    /// The child must be registered with the same coordinator, and must not have a point of no return of its own: that
    /// would be one the parent could not come back from. Its journal must be kept as long as the parent may turn
    /// around, so the retention must not be zero.
    ///
    /// - Parameters:
    ///   - name: A name that no other step of the saga has.
    ///   - output: Where the result goes.
    ///   - child: What to run.
    ///   - undoRetry: How often the undo is tried before the parent is stuck.
    ///   - condition: Whether it is to be run; decided once, when its turn comes, and journalled.
    ///   - input: What the child begins with.
    ///   - result: What of the child's end goes into the parent's state.
    public init<Child: SagaState, Output: Codable & Sendable>(
        _ name: String,
        into output: any WritableKeyPath<State, Output?> & Sendable,
        running child: SagaDefinition<Child>,
        undoRetry: RetryPolicy = .exponential(attempts: 20),
        when condition: (@Sendable (State) -> Bool)? = nil,
        input: @escaping @Sendable (State, StepContext) throws -> Child,
        result: @escaping @Sendable (Child) throws -> Output
    ) {
        precondition(
            !child.shape.hasPivot,
            "saga \(child.name) has a point of no return, so it must stand at or after its parent's"
        )
        let child = ChildSaga(definition: child, input: input, result: result)
        blueprint = StepBlueprint(
            shape: StepShape(name: name, kind: .compensatable, form: .child),
            body: StepBody(into: output, run: child.run, undo: { _, _, step in try await child.undo(step) }),
            timeout: nil,
            retry: ChildSaga<State, Child, Output>.retry,
            undoRetry: undoRetry,
            unknown: .retry,
            isWanted: condition
        )
    }
}

extension Pivot {
    /// A pivot that runs another saga: when the child turns around, so does the parent.
    ///
    /// - Parameters:
    ///   - name: A name that no other step of the saga has.
    ///   - output: Where the result goes.
    ///   - child: What to run.
    ///   - input: What the child begins with.
    ///   - result: What of the child's end goes into the parent's state.
    public init<Child: SagaState, Output: Codable & Sendable>(
        _ name: String,
        into output: any WritableKeyPath<State, Output?> & Sendable,
        running child: SagaDefinition<Child>,
        input: @escaping @Sendable (State, StepContext) throws -> Child,
        result: @escaping @Sendable (Child) throws -> Output
    ) {
        let child = ChildSaga(definition: child, input: input, result: result)
        blueprint = StepBlueprint(
            shape: StepShape(name: name, kind: .pivot, form: .child),
            body: StepBody(into: output, run: child.run),
            timeout: nil,
            retry: ChildSaga<State, Child, Output>.retry,
            unknown: .retry
        )
    }
}

extension Retriable {
    /// A step after the point of no return that runs another saga; when the child turns around, the parent is stuck.
    ///
    /// - Parameters:
    ///   - name: A name that no other step of the saga has.
    ///   - output: Where the result goes.
    ///   - child: What to run.
    ///   - condition: Whether it is to be run; decided once, when its turn comes, and journalled.
    ///   - input: What the child begins with.
    ///   - result: What of the child's end goes into the parent's state.
    public init<Child: SagaState, Output: Codable & Sendable>(
        _ name: String,
        into output: any WritableKeyPath<State, Output?> & Sendable,
        running child: SagaDefinition<Child>,
        when condition: (@Sendable (State) -> Bool)? = nil,
        input: @escaping @Sendable (State, StepContext) throws -> Child,
        result: @escaping @Sendable (Child) throws -> Output
    ) {
        let child = ChildSaga(definition: child, input: input, result: result)
        blueprint = StepBlueprint(
            shape: StepShape(name: name, kind: .retriable, form: .child),
            body: StepBody(into: output, run: child.run),
            timeout: nil,
            retry: ChildSaga<State, Child, Output>.retry,
            unknown: .retry,
            isWanted: condition
        )
    }
}
