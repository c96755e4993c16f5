public import MarketplaceCore

/// Units of stock that are set aside for a member.
public struct Reservation: Hashable, Sendable {
    /// Names it.
    public let id: ReservationID
    /// What it is of: a SKU that was on several lines of the request may be on one with the sum.
    public let lines: ReservationLines
    /// Who it is for.
    public let member: MemberKey
    /// What it is for.
    public let reference: StockReference?
    /// Where it stands.
    public let state: ReservationState
    /// When it ends by itself, as long as it is held.
    public let deadline: Timestamp
    /// When it was made.
    public let reservedAt: Timestamp

    /// Makes a reservation; for inventories.
    public init(
        id: ReservationID,
        lines: ReservationLines,
        member: MemberKey,
        reference: StockReference?,
        state: ReservationState,
        deadline: Timestamp,
        reservedAt: Timestamp
    ) {
        self.id = id
        self.lines = lines
        self.member = member
        self.reference = reference
        self.state = state
        self.deadline = deadline
        self.reservedAt = reservedAt
    }

    /// The reservation that a request has just made.
    init(_ request: ReservationRequest) {
        self.init(
            id: request.id,
            lines: request.lines,
            member: request.member,
            reference: request.reference,
            state: .held,
            deadline: request.deadline,
            reservedAt: request.time
        )
    }
}
