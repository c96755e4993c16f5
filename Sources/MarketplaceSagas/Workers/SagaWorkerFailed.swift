public import MarketplaceCore

/// A worker could not look for sagas this time; it does so again at its next turn.
public struct SagaWorkerFailed: ObserverEvent {
    /// The worker.
    public let worker: String
    /// Why.
    public let error: SagaError

    /// The stable name of the event.
    public static let name = "saga.worker.failed"

    /// The worker as a label, the reason as a field.
    public var attributes: [ObserverAttribute] {
        [.label("worker", worker), .field("error", .text(error.description))]
    }
}
