public import MarketplaceCore

/// What a member asks an inventory to hold: all of it or nothing.
///
/// Repeating a request with the same id and content (lines and member) changes nothing. The deadline and the
/// reference of the first one stand: a caller that starts again after a crash computes a new deadline.
public struct ReservationRequest: Hashable, Sendable {
    /// The reservation, chosen by the caller.
    public let id: ReservationID
    /// What is wanted, and from where; a SKU that is on several lines is wanted as often as they say together.
    public let lines: ReservationLines
    /// Who wants it.
    public let member: MemberKey
    /// What it is for, if the caller wants to find it again: the order, say.
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
        lines: ReservationLines,
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
}
