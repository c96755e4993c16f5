/// Where a reservation stands.
public enum ReservationState: String, Hashable, Sendable, Codable, CaseIterable {
    /// Its units are set aside until its deadline.
    case held
    /// Its units are promised for good: it no longer has a deadline.
    case allocated
    /// Its units have left. The end.
    case shipped
    /// Its units were given back on request. The end.
    case released
    /// Its units were given back because its deadline passed. The end.
    case expired

    /// The states it can move to from here; a move that is not listed is refused.
    public var successors: [ReservationState] {
        switch self {
        case .held: [.allocated, .released, .expired]
        case .allocated: [.shipped, .released]
        case .shipped, .released, .expired: []
        }
    }

    /// Whether it can move no more; every reservation ends exactly once.
    public var isEnded: Bool { successors.isEmpty }
}
