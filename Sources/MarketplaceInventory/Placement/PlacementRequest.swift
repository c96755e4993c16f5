public import MarketplaceCore

/// What a member asks an inventory to hold, wherever it is: all of it or nothing.
///
/// The request is repeated with the same id, units per SKU and member, as that of a ``ReservationRequest`` is.
public struct PlacementRequest: Hashable, Sendable {
    /// The reservation, chosen by the caller.
    public let id: ReservationID
    /// What is wanted; a SKU that is on several lines is wanted as often as they say together.
    public let lines: [DemandLine]
    /// Who wants it.
    public let member: MemberKey
    /// What it is for.
    public let reference: StockReference?
    /// Whether units that are not there may be promised, where the terms of the SKU permit that.
    public let allowsBackorder: Bool
    /// When the hold ends by itself unless it was allocated; it must lie after ``time``.
    public let deadline: Timestamp
    /// When it is asked for.
    public let time: Timestamp
    /// Whether it is the rest of a purchase that met the minimum of the terms when it was made.
    var isRemainder = false

    /// Makes a request.
    public init(
        id: ReservationID,
        lines: [DemandLine],
        member: MemberKey,
        reference: StockReference? = nil,
        allowsBackorder: Bool = true,
        deadline: Timestamp,
        at time: Timestamp
    ) {
        self.id = id
        self.lines = lines
        self.member = member
        self.reference = reference
        self.allowsBackorder = allowsBackorder
        self.deadline = deadline
        self.time = time
    }

    /// The request for these lines with their places.
    func placed(_ lines: ReservationLines) -> ReservationRequest {
        var placed = ReservationRequest(
            id: id,
            lines: lines,
            member: member,
            reference: reference,
            allowsBackorder: allowsBackorder,
            deadline: deadline,
            at: time
        )
        placed.isRemainder = isRemainder
        return placed
    }
}
