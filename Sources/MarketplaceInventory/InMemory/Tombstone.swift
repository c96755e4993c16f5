import MarketplaceCore

/// What is left of a reservation that ended, until the retention is over.
struct Tombstone: Sendable {
    let id: UInt128
    let hash: UInt64
    let endedAt: Int64
    /// `Int64.min` when it was released before it was made.
    let deadline: Int64
    let state: ReservationState
    /// Who it was for; empty when it was released before it was made.
    var member = ""
    /// What it was of, when all of its units ended alike.
    var lines = HeldLines.none
    /// The books, when not all of its units stood alike; at most one.
    var books: [ReservationBook] = []
}
