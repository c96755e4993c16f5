/// What a saga is doing.
public enum SagaStatus: String, Sendable, Hashable, CaseIterable {
    /// It is on its way, forward or back, in some worker's hands.
    case running
    /// It waits for a point in time or for a signal, in nobody's hands.
    case waiting
    /// All steps are done.
    case completed
    /// Everything is undone.
    case aborted
    /// An operator has to decide.
    case stuck

    /// Whether it is over.
    public var isEnded: Bool { self == .completed || self == .aborted }
}
