/// How much of a reservation a call is about.
enum ReservationPortion: Hashable, Sendable {
    /// All of it.
    case everything
    /// So many units of each point in all, counted with those of earlier calls.
    case units(ReservationLines)

    /// Whether a release of it leaves a tombstone when nothing is known of the reservation.
    var forestalls: Bool {
        switch self {
        case .everything: true
        case .units(let lines): lines.isEmpty
        }
    }
}
