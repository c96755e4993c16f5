public import MarketplaceCore

/// A saga began.
public struct SagaStarted: ObserverEvent {
    /// The saga.
    public let id: SagaID
    /// The name of its definition.
    public let definition: String

    /// The stable name of the event.
    public static let name = "saga.started"

    /// The definition as a label, the id as a field.
    public var attributes: [ObserverAttribute] {
        [.label("definition", definition), .field("saga", .text(id.description))]
    }
}

/// An attempt at a step, at a probe or at an undo ended.
public struct SagaStepEnded: ObserverEvent {
    /// The saga.
    public let id: SagaID
    /// The name of its definition.
    public let definition: String
    /// The step.
    public let step: String
    /// How it ended.
    public let outcome: String

    /// The stable name of the event.
    public static let name = "saga.step.ended"

    /// The definition and the step as labels, the id and the outcome as fields.
    public var attributes: [ObserverAttribute] {
        [
            .label("definition", definition), .label("step", step),
            .field("saga", .text(id.description)), .field("outcome", .text(outcome)),
        ]
    }
}

/// A saga was left where it was, for recovery or for an operator.
public struct SagaLeft: ObserverEvent {
    /// The saga.
    public let id: SagaID
    /// The name of its definition.
    public let definition: String
    /// Why it was left.
    public let error: SagaError

    /// The stable name of the event.
    public static let name = "saga.left"

    /// The definition as a label, the id and the reason as fields.
    public var attributes: [ObserverAttribute] {
        [
            .label("definition", definition), .field("saga", .text(id.description)),
            .field("error", .text(error.description)),
        ]
    }
}
