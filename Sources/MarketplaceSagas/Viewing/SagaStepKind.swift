/// How a saga may move around a step.
public enum SagaStepKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// It can be undone.
    case compensatable
    /// The point of no return.
    case pivot
    /// It is retried until it succeeds.
    case retriable
}

/// What a step does.
public enum SagaStepForm: String, Sendable, Hashable, Codable, CaseIterable {
    /// It calls something.
    case action
    /// It waits for a point in time.
    case pause
    /// It waits for a signal.
    case signal
    /// It runs another saga.
    case child
}

extension StepKind {
    /// The kind, for people.
    var viewed: SagaStepKind {
        switch self {
        case .compensatable: .compensatable
        case .pivot: .pivot
        case .retriable: .retriable
        }
    }
}

extension StepForm {
    /// The form, for people.
    var viewed: SagaStepForm {
        switch self {
        case .action: .action
        case .pause: .pause
        case .signal: .signal
        case .child: .child
        }
    }
}
