/// The line of those who wait for units of one SKU to be set free, as a state machine.
///
/// It knows who may still set a unit free: as long as there is anybody, those who wait may hope; when there is nobody
/// left, the line is closed and they go. Each unit that is set free is followed by one try: of the first in line or,
/// when nobody waits, of the next who would join. So a unit that is set free between a refusal and the moment the
/// refused joins is not lost, and no crowd runs after one unit.
struct WaitingLine<Waiter> {
    private struct Place {
        let ticket: Int
        let waiter: Waiter
    }

    /// What becomes of somebody who wants to join.
    enum Joining {
        /// A unit was set free while nobody waited: try again at once.
        case tryAgain
        /// The line has been joined; whoever is returned leaves it with bad news.
        case waits(closed: [Waiter])
    }

    private var places: [Place] = []
    /// How many units were set free while nobody waited, and nobody has tried to get since.
    private var unclaimedCount = 0
    /// How many may still set a unit free: they are at work, or hold a unit.
    private(set) var activeCount: Int

    /// The line of a SKU that so many are going to try to get.
    init(activeCount: Int) {
        self.activeCount = activeCount
    }

    /// How many wait.
    var count: Int { places.count }

    /// Joins at the place of the ticket, unless there is a unit to try for.
    mutating func join(_ waiter: Waiter, ticket: Int) -> Joining {
        guard unclaimedCount == 0 else {
            unclaimedCount -= 1
            return .tryAgain
        }
        let index = places.lastIndex { $0.ticket < ticket }.map { $0 + 1 } ?? 0
        places.insert(Place(ticket: ticket, waiter: waiter), at: index)
        return .waits(closed: leave())
    }

    /// Notes that a unit was set free, and takes out who may try next.
    mutating func free() -> Waiter? {
        guard !places.isEmpty else {
            unclaimedCount += 1
            return nil
        }
        activeCount += 1
        return places.removeFirst().waiter
    }

    /// Notes that somebody sets no unit free any more; when it was the last, everybody in the line is taken out.
    mutating func leave() -> [Waiter] {
        activeCount -= 1
        guard activeCount == 0 else { return [] }
        defer { places = [] }
        return places.map(\.waiter)
    }
}
