#if LibPQ
/// Those who wait, by ticket: whoever drew one first is served first, and anybody may leave.
struct LibPQWaitingLine<Waiter> {
    private var waiting: [UInt64: Waiter] = [:]
    private var nextTicket: UInt64 = 0
    /// The first ticket that may still wait.
    private var firstTicket: UInt64 = 0

    /// How many wait.
    var count: Int { waiting.count }

    /// Gives out a ticket.
    mutating func draw() -> UInt64 {
        defer { nextTicket += 1 }
        return nextTicket
    }

    /// Lets the holder of a ticket wait.
    mutating func join(_ ticket: UInt64, _ waiter: Waiter) {
        waiting[ticket] = waiter
        // Somebody with a later ticket may have been served in between.
        firstTicket = min(firstTicket, ticket)
    }

    /// Removes whoever holds a ticket; nil when nobody waits with it.
    mutating func leave(_ ticket: UInt64) -> Waiter? {
        waiting.removeValue(forKey: ticket)
    }

    /// Removes whoever is first.
    mutating func next() -> Waiter? {
        guard !waiting.isEmpty else {
            firstTicket = nextTicket
            return nil
        }
        // Those between have left, or have never waited; each ticket is passed over once.
        while firstTicket < nextTicket {
            defer { firstTicket += 1 }
            if let waiter = waiting.removeValue(forKey: firstTicket) { return waiter }
        }
        return nil
    }
}
#endif
