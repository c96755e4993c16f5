/// How much of a reservation a call is about.
enum ReservationPortion: Hashable, Sendable {
    /// All of it.
    case everything
    /// So many units of each point in all, counted with those of earlier calls.
    case units(ReservationLines)
}
