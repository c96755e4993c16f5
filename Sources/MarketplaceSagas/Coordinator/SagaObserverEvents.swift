public import MarketplaceCore

/// Something was journalled of a saga.
public struct SagaTransition: ObserverEvent {
    /// The saga.
    public let id: SagaID
    /// The name of its definition.
    public let definition: String
    /// The step it is about; nil when it is about the saga.
    public let step: String?
    /// What was journalled: `started`, `intended`, `done`, `stuck` and so on.
    public let transition: String

    /// The stable name of the event.
    public static let name = "saga.transition"

    /// The definition, the step and the transition as labels, the id as a field.
    public var attributes: [ObserverAttribute] {
        [.label("definition", definition), .label("transition", transition), .field("saga", .text(id.description))]
            + (step.map { [.label("step", $0)] } ?? [])
    }
}

/// An attempt at a step, at a probe or at an undo failed.
public struct SagaAttemptFailed: ObserverEvent {
    /// The saga.
    public let id: SagaID
    /// The name of its definition.
    public let definition: String
    /// The step.
    public let step: String
    /// Which attempt it was, from 1.
    public let attempt: Int
    /// How it failed.
    public let error: String

    /// The stable name of the event.
    public static let name = "saga.attempt.failed"

    /// The definition and the step as labels, the id, the attempt and the error as fields.
    public var attributes: [ObserverAttribute] {
        [
            .label("definition", definition), .label("step", step), .field("saga", .text(id.description)),
            .field("attempt", .integer(Int64(attempt))), .field("error", .text(error)),
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

extension OperationName {
    /// One attempt at a step, at a probe or at an undo.
    public static let sagaStep: OperationName = "saga.step"
}

extension SagaRecord {
    /// The stable name of what was journalled.
    var transitionName: String {
        switch self {
        case .started: "started"
        case .claimed: "claimed"
        case .intended: "intended"
        case .waiting: "waiting"
        case .skipped: "skipped"
        case .done: "done"
        case .notDone: "not done"
        case .unknown: "unknown"
        case .aborting: "aborting"
        case .undone: "undone"
        case .stuck: "stuck"
        case .completed: "completed"
        case .aborted: "aborted"
        case .signalled: "signalled"
        case .cancelRequested: "cancel requested"
        case .operated: "operated"
        }
    }
}
