public import MarketplaceCore
public import MarketplaceStorage

/// Why a saga could not be started, driven or read.
public enum SagaError: EffectStating, Hashable {
    /// No definition of that name and version is registered; the versions that are, in ascending order.
    case unknownDefinition(name: String, version: Int, registered: [Int])
    /// The registered definition has other steps than the one the saga began under, although the version is the same.
    case changedDefinition(name: String, version: Int)
    /// A saga of that name and key exists, with another input.
    case inputMismatch(name: String, key: SagaKey, existing: SagaID)
    /// The business key cannot be a key.
    case badKey(TextKeyError)
    /// The input cannot be written, or what was journalled cannot be read.
    case payload(PayloadCodecError)
    /// The journal is damaged or of a newer release.
    case damagedJournal(SagaID, String)
    /// Another worker has taken the saga over.
    case superseded(SagaID)
    /// There is no such saga.
    case notFound(SagaID)
    /// The saga waits for no signal of that name; those it waits for.
    case unknownSignal(String, known: [String])
    /// There is no saga of that name and key.
    case unknownSaga(name: String, key: SagaKey)
    /// The saga is over.
    case alreadyEnded(SagaID, SagaStatus)
    /// The saga is not stuck.
    case notStuck(SagaID, SagaStatus)
    /// The saga is stuck at a step, not at an undo that could be marked as done.
    case nothingToCompensate(SagaID, SagaStuck)
    /// The saga ended like that, and its journal has been trimmed away since.
    case forgotten(SagaID, SagaStatus)
    /// The store refused or failed; the saga stays as the journal has it.
    case store(StoreError)
    /// The coordinator takes no new sagas: it is draining.
    case draining
    /// The waiting task was cancelled; the saga goes on.
    case cancelled

    /// What is known of the start's effect.
    public var effect: EffectOutcome {
        switch self {
        case .unknownDefinition, .changedDefinition, .inputMismatch, .badKey, .payload, .damagedJournal,
            .notFound, .unknownSaga, .unknownSignal, .alreadyEnded, .notStuck, .nothingToCompensate,
            .forgotten:
            .refused
        case .draining: .notApplied
        case .store(let error): error.effect
        case .superseded, .cancelled: .unknown
        }
    }
}

extension SagaError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .unknownDefinition(let name, let version, let registered):
            "saga \(name) has no version \(version) here; registered are \(registered)"
        case .changedDefinition(let name, let version):
            "the steps of saga \(name) were changed without a new version (\(version))"
        case .inputMismatch(let name, let key, let existing):
            "saga \(name) for \(key) exists with another input, as \(existing)"
        case .badKey(let error): "the business key: \(error)"
        case .payload(let error): "\(error)"
        case .damagedJournal(let id, let reason): "the journal of saga \(id) cannot be read: \(reason)"
        case .superseded(let id): "another worker has taken saga \(id) over"
        case .notFound(let id): "there is no saga \(id)"
        case .unknownSignal(let name, let known): "the saga waits for no signal \(name), but for \(known)"
        case .unknownSaga(let name, let key): "there is no saga \(name) for \(key)"
        case .alreadyEnded(let id, let status): "saga \(id) is over: it is \(status.rawValue)"
        case .notStuck(let id, let status): "saga \(id) is not stuck but \(status.rawValue)"
        case .nothingToCompensate(let id, let stuck):
            "saga \(id) is stuck going forward, so there is no undo to mark as done: \(stuck)"
        case .forgotten(let id, let status):
            "saga \(id) ended as \(status.rawValue), and its journal has been trimmed away"
        case .store(let error): "\(error)"
        case .draining: "no new sagas are taken: the coordinator is draining"
        case .cancelled: "the wait was cancelled; the saga goes on"
        }
    }
}
