/// How much of a reservation a call is about.
public enum ReservationPortion: Hashable, Sendable {
    /// All of it.
    case everything
    /// So many units of each point **in all**, counted with those of earlier calls.
    ///
    /// A call that allocates, releases or ships sees to it that at least so many have been; so a repetition changes
    /// nothing. Points that are not named are left as they are; a point on several lines counts with the sum.
    case units(ReservationLines)
}
