import MarketplaceCore
import MarketplaceInventory

/// What an inventory answered to a call.
enum InventoryAnswer: Hashable, Sendable {
    case refused(InventoryRefusal)
    case done
    case level(StockLevel)
    case reservation(ReservationFacts)
    case state(ReservationState)
    case released(ReleaseOutcome)
    case filled([ReservationID])
    case expired(Set<ReservationID>)
}

/// What two reservations must have in common to be the same, whatever lines they were asked for by.
struct ReservationFacts: Hashable, Sendable {
    let id: ReservationID
    let member: MemberKey
    let state: ReservationState
    let deadline: Timestamp
    let reservedAt: Timestamp
    let units: [StockPoint: ModelUnits]

    init(
        id: ReservationID,
        member: MemberKey,
        state: ReservationState,
        deadline: Timestamp,
        reservedAt: Timestamp,
        units: [StockPoint: ModelUnits]
    ) {
        self.id = id
        self.member = member
        self.state = state
        self.deadline = deadline
        self.reservedAt = reservedAt
        self.units = units
    }

    init(_ reservation: Reservation) {
        self.init(
            id: reservation.id,
            member: reservation.member,
            state: reservation.state,
            deadline: reservation.deadline,
            reservedAt: reservation.reservedAt,
            units: Dictionary(
                reservation.positions.map { ($0.point, ModelUnits($0)) },
                uniquingKeysWith: { first, _ in first }
            )
        )
    }
}
