public import MarketplaceCore

/// Units of stock that are set aside for a member.
public struct Reservation: Hashable, Sendable {
    /// Names it.
    public let id: ReservationID
    /// What it was made of: a SKU that was on several lines of the request may be on one with the sum.
    public let lines: ReservationLines
    /// Who it is for.
    public let member: MemberKey
    /// What it is for.
    public let reference: StockReference?
    /// Where it stands: by the units that have come least far.
    public let state: ReservationState
    /// When it ends by itself, as long as it is held.
    public let deadline: Timestamp
    /// When it was made.
    public let reservedAt: Timestamp
    /// Nil while all units stand alike, which spares the most frequent reservation the memory.
    private let distinctPositions: [ReservationPosition]?

    /// Makes a reservation; for inventories.
    ///
    /// Without `positions`, all units of its lines stand where `state` says.
    public init(
        id: ReservationID,
        lines: ReservationLines,
        member: MemberKey,
        reference: StockReference?,
        state: ReservationState,
        deadline: Timestamp,
        reservedAt: Timestamp,
        positions: [ReservationPosition]? = nil
    ) {
        self.id = id
        self.lines = lines
        self.member = member
        self.reference = reference
        self.state = state
        self.deadline = deadline
        self.reservedAt = reservedAt
        distinctPositions = positions.flatMap { $0 == Self.positions(of: lines, all: state) ? nil : $0 }
    }

    /// The reservation that a request has just made, all of it there.
    init(_ request: ReservationRequest) {
        id = request.id
        lines = request.lines
        member = request.member
        reference = request.reference
        state = .held
        deadline = request.deadline
        reservedAt = request.time
        distinctPositions = nil
    }

    /// Where its units stand, by ascending point.
    public var positions: [ReservationPosition] {
        distinctPositions ?? Self.positions(of: lines, all: state)
    }

    /// Whether units of it are not there yet.
    public var isAwaitingStock: Bool { distinctPositions?.contains { $0.awaited > 0 } ?? false }

    private static func positions(of lines: ReservationLines, all state: ReservationState) -> [ReservationPosition] {
        lines.demand.map { ReservationPosition($0.point, units: $0.units, all: state) }
    }
}
