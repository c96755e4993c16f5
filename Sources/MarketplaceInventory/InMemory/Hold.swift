import MarketplaceCore

/// An open reservation as the in-memory form keeps it.
struct Hold: Sendable {
    let id: UInt128
    let hash: UInt64
    let holder: Holder
    let reference: String?
    var deadline: Int64
    let reservedAt: Int64
    let first: HeldLine
    /// The other lines, by ascending shard; the first one has the lowest.
    let rest: [HeldLine]
    /// The books, once not all of its units stand alike; from then on the lines no longer count.
    ///
    /// At most one: an empty list needs no memory of its own.
    var books: [ReservationBook] = []
    /// Which entry of the deadlines is this hold's; 0 once all of it is allocated, and it no longer has one.
    var stamp: UInt32

    /// What stands in a slot that is free.
    static let none = Hold(
        id: 0,
        hash: 0,
        holder: Holder(member: "", hash: 0),
        reference: nil,
        deadline: .max,
        reservedAt: 0,
        first: HeldLines.none.first,
        rest: [],
        stamp: 0
    )

    var state: ReservationState { stamp == 0 ? .allocated : .held }

    var lines: HeldLines { HeldLines(first: first, rest: rest) }

    /// Whether it is held and its deadline is at or before `time`.
    @inline(__always)
    func isOverdue(at time: Timestamp) -> Bool {
        stamp != 0 && deadline <= time.microsecondsSinceEpoch
    }
}
