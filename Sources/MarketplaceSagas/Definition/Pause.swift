public import MarketplaceCore

/// A durable timer: the saga goes on when a point in time has come.
///
/// Meanwhile it costs no task.
public struct Pause<State: SagaState>: Sendable {
    private let name: String
    private let end: @Sendable (State, Timestamp) -> Timestamp
    private let isWanted: (@Sendable (State) -> Bool)?

    /// A pause of a certain length from when its turn comes.
    public init(_ name: String, for duration: Duration, when condition: (@Sendable (State) -> Bool)? = nil) {
        self.name = name
        end = { _, now in now.advanced(by: duration) }
        isWanted = condition
    }

    /// A pause until a point in time that the state tells.
    public init(
        _ name: String,
        until time: @escaping @Sendable (State) -> Timestamp,
        when condition: (@Sendable (State) -> Bool)? = nil
    ) {
        self.name = name
        end = { state, _ in time(state) }
        isWanted = condition
    }

    func blueprint(_ kind: StepKind) -> StepBlueprint<State> {
        StepBlueprint(
            shape: StepShape(name: name, kind: kind, form: .pause),
            body: .nothing,
            timeout: nil,
            retry: .never,
            unknown: .retry,
            isWanted: isWanted,
            waitEnd: end
        )
    }
}
