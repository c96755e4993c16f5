public import MarketplaceCore

/// The tombstone of a reservation, by which calls that come late or again are recognised.
public struct EndedReservation: Hashable, Sendable {
    /// Names the reservation.
    public let id: ReservationID
    /// How it ended.
    public let state: ReservationState
    /// The deadline it had; nil when it was released before it was ever made.
    public let deadline: Timestamp?
    /// When it ended.
    public let endedAt: Timestamp
    /// Who it was for; nil when it was released before it was ever made.
    public let member: MemberKey?
    /// Where its units went, by ascending point; none when it was released before it was ever made.
    public let positions: [ReservationPosition]

    /// Makes a tombstone; for inventories.
    public init(
        id: ReservationID,
        state: ReservationState,
        deadline: Timestamp?,
        endedAt: Timestamp,
        member: MemberKey?,
        positions: [ReservationPosition]
    ) {
        self.id = id
        self.state = state
        self.deadline = deadline
        self.endedAt = endedAt
        self.member = member
        self.positions = positions
    }
}
