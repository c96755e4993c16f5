public import MarketplaceCore

/// What a step is told about the call it is to make.
public struct StepContext: Sendable {
    /// The saga.
    public let saga: SagaID
    /// The name of the step.
    public let step: String
    /// The key to make the call with: the same for every attempt, before and after a restart, and different for the
    /// undo of the step.
    public let idempotencyKey: IdempotencyKey
    /// The attempt, from 1; counted anew after a restart.
    public let attempt: Int
    /// The wall-clock time when the attempt began.
    public let time: Timestamp
    /// Why the saga turned around, while it goes back; nil while it goes forward.
    public let abort: SagaAbort?

    /// Who drives the saga, for steps that run another one.
    let coordinator: SagaCoordinator

    /// What the key of an undo ends with.
    static let undoSuffix = "/undo"
}
