/// How a reservation stands after a release; a repeated release gets the same answer.
public enum ReleaseOutcome: Hashable, Sendable {
    /// It was held or allocated, and its units are available again.
    case released
    /// Its deadline had passed before, which set its units free.
    case expired
    /// There was none of that id. From now on a reservation of that id is refused.
    case neverReserved
}
