/// What goes wrong between a lock provider and what keeps its locks.
public enum LockFault: Hashable, Sendable, CaseIterable {
    /// The request is refused, and that is known: what keeps the locks is down.
    case refuse
    /// The request is lost on its way, and no answer comes.
    case loseRequest
    /// The request takes effect, and its answer is lost.
    case loseAnswer
}
