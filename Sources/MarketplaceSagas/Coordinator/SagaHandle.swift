import MarketplaceStorage

/// A saga that was started, here or by somebody else.
public struct SagaHandle<State: SagaState>: Sendable {
    /// The saga.
    public let id: SagaID
    /// Whether this call started it; false when it had been started before with the same key and input.
    public let isNew: Bool

    let coordinator: SagaCoordinator
    let definition: SagaDefinition<State>
    let document: DocumentKey
    /// Settled by the driver when the saga is driven in this process.
    let ending: OneShot<Result<SagaOutcome<State>, SagaError>>?

    /// How the saga ends; waits for it.
    ///
    /// - Throws: ``SagaError/cancelled`` when the waiting task is cancelled: the saga goes on.
    public func outcome() async throws(SagaError) -> SagaOutcome<State> {
        guard let ending else { return try await coordinator.awaitOutcome(of: self) }
        guard let result = await ending.value() else { throw .cancelled }
        return try result.get()
    }
}
