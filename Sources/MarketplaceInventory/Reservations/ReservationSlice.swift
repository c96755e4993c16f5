/// One page of open reservations.
public struct ReservationSlice: Hashable, Sendable {
    /// The reservations, by ascending id.
    public let reservations: [Reservation]
    /// The id to read on after; nil when this was the last page.
    public let next: ReservationID?

    /// Makes a page; for inventories.
    public init(reservations: [Reservation], next: ReservationID?) {
        self.reservations = reservations
        self.next = next
    }
}
