/// What an inventory knows of a reservation: all of an open one, the bare facts of one that ended.
public enum ReservationRecord: Hashable, Sendable {
    /// It is held or allocated.
    case open(Reservation)
    /// It ended; remembered for the retention of the inventory, then forgotten.
    case ended(EndedReservation)

    /// Where it stands.
    public var state: ReservationState {
        switch self {
        case .open(let reservation): reservation.state
        case .ended(let ended): ended.state
        }
    }
}
