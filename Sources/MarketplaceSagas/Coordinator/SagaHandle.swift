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
    let ending: SagaEnding<State>?

    /// How the saga ends; waits for it, through every pause.
    ///
    /// - Throws: ``SagaError/cancelled`` when the waiting task is cancelled: the saga goes on.
    public func outcome() async throws(SagaError) -> SagaOutcome<State> {
        var ending = ending
        while true {
            if let ending {
                guard let result = await ending.value() else { throw .cancelled }
                switch result {
                case .success(.ended(let outcome)): return outcome
                case .failure(let error) where error != .superseded(id): throw error
                case .success(.parked), .failure: break
                }
            }
            if let outcome = try await coordinator.outcome(of: self) { return outcome }
            ending = coordinator.ending(of: id)
            if ending == nil { try await coordinator.rest(coordinator.configuration.pollInterval) }
        }
    }
}

/// What a driver settles when it has nothing more to do.
typealias SagaEnding<State: SagaState> = OneShot<Result<SagaDriver<State>.End, SagaError>>
