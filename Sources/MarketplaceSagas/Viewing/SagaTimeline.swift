public import MarketplaceCore

/// What happened in one run of a saga, from its journal: for people, logs and support tools.
///
/// ```swift
/// let timeline = try await sagas.timeline(of: "checkout", key: SagaKey(order))
/// print(timeline)
/// ```
///
/// What a step was given or has put out is not in it, only names, times, errors and operators.
public struct SagaTimeline: Sendable, Hashable, Codable {
    /// One step of the run's definition, and how it stands.
    public struct Step: Sendable, Hashable, Codable {
        /// The name.
        public let name: String
        /// How the saga may move around it.
        public let kind: SagaStepKind
        /// What it does.
        public let form: SagaStepForm
        /// The stage it belongs to, from 0: steps of one stage run at the same time.
        public let stage: Int
        /// How it stands.
        public let state: SagaStepState
        /// When it began; nil when it has not.
        public let beganAt: Timestamp?
        /// When it took the state it has; nil when its turn has not come.
        public let changedAt: Timestamp?
    }

    /// One entry of the journal.
    public struct Entry: Sendable, Hashable, Codable {
        /// When it was written.
        public let time: Timestamp
        /// The step it is about; nil when it is about the saga.
        public let step: String?
        /// What it is, by the stable name that observers are told: `started`, `intended`, `done`, `stuck` and so on.
        public let event: String
        /// What happened, in words.
        public let text: String
        /// The error, or the reason somebody gave; nil when there is none.
        public let reason: String?
        /// The worker that drives the saga from here on, or the operator who decided; nil when it is neither.
        public let actor: String?
    }

    /// The saga.
    public let saga: SagaID
    /// The name of its definition.
    public let definition: String
    /// The version of its definition.
    public let version: Int
    /// Its business key.
    public let key: SagaKey
    /// What it is doing.
    public let status: SagaStatus
    /// Its steps, in the order of the definition.
    public let steps: [Step]
    /// What was journalled, in order.
    public let entries: [Entry]
}

extension SagaTimeline {
    /// When it began.
    public var startedAt: Timestamp { entries.first?.time ?? .epoch }

    /// Why it turned around or is stuck, in the words of the last entry that says so; nil when it is neither.
    public var reason: String? {
        guard status == .aborted || status == .stuck else { return nil }
        guard let entry = entries.last(where: { $0.reason != nil && $0.event == status.reasonEvent }) else {
            return nil
        }
        return [entry.step, entry.reason].compactMap(\.self).joined(separator: ": ")
    }
}

extension SagaStatus: Codable {
    /// The entry that says why a saga has this status.
    fileprivate var reasonEvent: String { self == .stuck ? "stuck" : "aborting" }
}
