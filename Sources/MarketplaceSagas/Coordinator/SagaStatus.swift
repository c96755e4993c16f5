/// What a saga is doing.
public enum SagaStatus: String, Sendable, Hashable, CaseIterable {
    /// It is on its way, forward or back.
    case running
    /// All steps are done.
    case completed
    /// Everything is undone.
    case aborted
    /// An operator has to decide.
    case stuck
}
