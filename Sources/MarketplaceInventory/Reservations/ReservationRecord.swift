public import MarketplaceCore

/// What an inventory knows of a reservation: all of an open one, how and where to one ended.
public enum ReservationRecord: Hashable, Sendable {
    /// It is held or allocated.
    case open(Reservation)
    /// It ended; remembered for the retention of the inventory, then forgotten.
    case ended(EndedReservation)

    /// Where its units stand or went, by ascending point; none when it was released before it was made.
    public var positions: [ReservationPosition] {
        switch self {
        case .open(let reservation): reservation.positions
        case .ended(let ended): ended.positions
        }
    }

    /// Who it is or was for; nil when it was released before it was made.
    public var member: MemberKey? {
        switch self {
        case .open(let reservation): reservation.member
        case .ended(let ended): ended.member
        }
    }

    /// Where it stands.
    public var state: ReservationState {
        switch self {
        case .open(let reservation): reservation.state
        case .ended(let ended): ended.state
        }
    }
}
