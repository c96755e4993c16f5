public import MarketplaceSagas

/// A saga to be tried, with the world its steps change: made anew for every run.
public struct SagaScene<State: SagaState>: Sendable {
    /// The saga.
    public let definition: SagaDefinition<State>
    /// What it begins with.
    public let input: State
    /// The effects that stand in the world now, in any order: what was done and not undone.
    public let effects: @Sendable () -> [String]

    /// A saga and its world.
    ///
    /// - Parameters:
    ///   - definition: The saga, whose steps change the world.
    ///   - input: What it begins with.
    ///   - effects: The effects that stand in the world now, in any order. They must not tell one run from another:
    ///     no ids, no times.
    public init(
        _ definition: SagaDefinition<State>,
        input: State,
        effects: @escaping @Sendable () -> [String]
    ) {
        self.definition = definition
        self.input = input
        self.effects = effects
    }
}
