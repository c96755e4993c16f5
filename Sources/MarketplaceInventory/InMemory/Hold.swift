import MarketplaceCore

/// An open reservation as the in-memory form keeps it.
struct Hold: Sendable {
    let id: UInt128
    let hash: UInt64
    let holder: Holder
    let reference: String?
    let deadline: Int64
    let reservedAt: Int64
    let first: HeldLine
    /// The other lines, by ascending shard; the first one has the lowest.
    let rest: [HeldLine]
    /// Which entry of the deadlines is this hold's; 0 once it is allocated, and it no longer has one.
    var stamp: UInt32

    /// What stands in a slot that is free.
    static let none = Hold(
        id: 0,
        hash: 0,
        holder: Holder(member: "", hash: 0),
        reference: nil,
        deadline: .max,
        reservedAt: 0,
        first: HeldLine(shard: 0, slot: 0, limitGeneration: 0, quantity: 0),
        rest: [],
        stamp: 0
    )

    var state: ReservationState { stamp == 0 ? .allocated : .held }

    /// Whether it is held and its deadline is at or before `time`.
    @inline(__always)
    func isOverdue(at time: Timestamp) -> Bool {
        stamp != 0 && deadline <= time.microsecondsSinceEpoch
    }
}
