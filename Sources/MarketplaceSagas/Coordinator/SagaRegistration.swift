import MarketplaceStorage

/// A definition with its state's type erased, so that a coordinator can carry on a saga it only knows by name.
public struct SagaRegistration: Sendable {
    /// The name of the definition.
    public let name: String
    /// The version of the definition.
    public let version: Int

    let shape: SagaShape
    /// Takes over a saga that nobody drives any more.
    let resume: @Sendable (SagaCoordinator, SagaSummary, DocumentKey) async throws(SagaError) -> Void

    /// Registers a definition.
    public init<State: SagaState>(_ definition: SagaDefinition<State>) {
        name = definition.name
        version = definition.version
        shape = definition.shape
        resume = { (coordinator, summary, document) async throws(SagaError) in
            try await coordinator.resume(definition, summary, document)
        }
    }
}
