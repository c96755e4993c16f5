/// What a saga does, step by step, and how each step is undone.
///
/// ```swift
/// let checkout = SagaDefinition("checkout", version: 1, state: CheckoutState.self) {
///     Step("reserve stock", into: \.reservation) { state, step in
///         try await inventory.reserve(state.lines, key: step.idempotencyKey)
///     } undo: { state, effect, step in
///         try await inventory.release(state.order)
///     }
///     Pivot("capture payment", into: \.capture) { state, step in … }
///     Retriable("confirm order") { state, step in … }
/// }
/// ```
///
/// Steps that can be undone come first, then at most one pivot, after which there is no way back, then steps that are
/// retried until they succeed. The compiler checks this order. The state is the input together with the outputs of
/// the steps that are done; it is rebuilt from the journal, so a step must not keep anything anywhere else.
///
/// A definition in use must not be changed: a changed one takes a new version, and the old one stays registered for
/// the sagas that began under it.
public struct SagaDefinition<State: SagaState>: Sendable {
    /// The name; with the version it tells which definition a stored saga began under.
    public let name: String
    /// The version, from 1.
    public let version: Int

    let steps: [StepBlueprint<State>]
    let shape: SagaShape

    /// Defines a saga.
    ///
    /// - Parameters:
    ///   - name: A stable name of at most ``SagaLimits/nameLength`` bytes.
    ///   - version: The version, from 1.
    ///   - state: The type of the state.
    ///   - steps: The steps, in order. No two may have the same name or put their output under the same key path.
    public init(
        _ name: String,
        version: Int,
        state: State.Type = State.self,
        @SagaBuilder<State> steps: () -> SagaProgram<State>
    ) {
        precondition(version > 0, "versions count from 1")
        precondition(SagaLimits.isName(name), "\(name) is not a name a saga can have")
        self.name = name
        self.version = version
        self.steps = steps().stages.enumerated().flatMap { stage, steps in
            steps.map { step in
                var step = step
                step.shape.stage = stage
                return step
            }
        }
        shape = SagaShape(self.steps.map(\.shape))
        precondition(!self.steps.isEmpty, "saga \(name) has no steps")
        precondition(self.steps.count <= SagaLimits.steps, "saga \(name) has too many steps")
        if let step = shape.steps.first(where: { !SagaLimits.isName($0.name) }) {
            preconditionFailure("\(step.name) is not a name a step of saga \(name) can have")
        }
        if let repeated = shape.repeatedName {
            preconditionFailure("two steps of saga \(name) are called \(repeated)")
        }
        let outputs = self.steps.compactMap { $0.body.output as AnyKeyPath? }
        precondition(Set(outputs).count == outputs.count, "two steps of saga \(name) share a key path")
    }

    /// The same saga with other bodies for its steps.
    init(_ definition: SagaDefinition, steps: [StepBlueprint<State>]) {
        name = definition.name
        version = definition.version
        shape = definition.shape
        self.steps = steps
    }

    /// A digest of the names, kinds and order of the steps: two definitions of one version must have the same.
    public var fingerprint: UInt64 { shape.fingerprint }
}
