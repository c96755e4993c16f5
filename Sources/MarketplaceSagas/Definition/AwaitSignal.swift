import MarketplaceCore

/// A wait for something somebody else has to say: a payment webhook, the consent of a person.
///
/// A signal that came before its turn is kept. Meanwhile the saga costs no task. When no signal comes in time, the
/// saga turns around before the pivot, and is stuck after it.
public struct AwaitSignal<State: SagaState>: Sendable {
    private let name: String
    private let limit: Duration?
    private let body: StepBody<State>
    private let isWanted: (@Sendable (State) -> Bool)?

    /// A wait for the signal of that name, whose payload goes into the state.
    ///
    /// - Parameters:
    ///   - name: The name of the signal, and of the step.
    ///   - output: Where the payload goes. No other step may use it.
    ///   - limit: How long the signal is waited for; nil for ever.
    ///   - condition: Whether it is waited for at all; decided once, when its turn comes, and journalled.
    public init<Payload: Codable & Sendable>(
        _ name: String,
        into output: any WritableKeyPath<State, Payload?> & Sendable,
        within limit: Duration? = nil,
        when condition: (@Sendable (State) -> Bool)? = nil
    ) {
        self.name = name
        self.limit = limit
        // A signal is never run: its payload arrives in the journal, and is put into the state like any output. There
        // is nothing to take back.
        body =
            StepBody(
                into: output,
                run: { (_, _) async throws -> Payload in throw NotApplied("a signal is waited for, not performed") }
            ).withoutEffect
        isWanted = condition
    }

    func blueprint(_ kind: StepKind) -> StepBlueprint<State> {
        let limit = limit
        return StepBlueprint(
            shape: StepShape(name: name, kind: kind, form: .signal),
            body: body,
            timeout: nil,
            retry: .never,
            unknown: .retry,
            isWanted: isWanted,
            waitEnd: { _, now in limit.map { now.advanced(by: $0) } }
        )
    }
}
