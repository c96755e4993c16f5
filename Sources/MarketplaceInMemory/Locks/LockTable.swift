import MarketplaceCore
import MarketplaceStorage

/// Who holds which keys and who waits for them: a pure state machine, with the time as an argument.
///
/// Those who wait have a ticket, and stand with it in the line of each of their keys. Tickets are given in one order
/// for all lines, so the lowest ticket is at the head of all its lines: nobody waits in a circle. A ticket is served
/// when it heads all its lines and all its keys are free, and refused when its deadline has come before.
struct LockTable {
    /// Names a lease; also its fencing token, because the numbers strictly rise.
    typealias LeaseNumber = UInt64
    /// The place of somebody who waits.
    typealias Ticket = UInt64

    /// A lease that was given.
    struct Grant: Sendable {
        let number: LeaseNumber
        let start: Duration
    }

    private struct Holding: Sendable {
        let keys: [FenceKey]
        var deadline: Duration
    }

    private struct Waiter: Sendable {
        let keys: [FenceKey]
        let length: Duration
        let deadline: Duration
    }

    /// A key that is held or waited for.
    private struct Place {
        var holder: LeaseNumber?
        var line = ChunkedSortedArray<Ticket>()
    }

    private var nextLease: LeaseNumber
    private var lastTicket: Ticket = 0
    private var places: [FenceKey: Place] = [:]
    private var holdings: [LeaseNumber: Holding] = [:]
    private var expiries = DeadlineHeap<LeaseNumber>()
    private var waiters: [Ticket: Waiter] = [:]
    private var deadlines = DeadlineHeap<Ticket>()
    private var grants: [Ticket: Grant] = [:]
    private var settled: [Ticket] = []

    init(firstToken: UInt64) {
        nextLease = firstToken
    }

    /// How many keys are held or waited for, leases stand and callers wait; for tests, which assert that none is left.
    var residue: Int { places.count + holdings.count + waiters.count + grants.count }

    /// When a lease runs out or a wait ends, at the earliest; nil while nobody waits, for whoever asks looks himself.
    var nextChange: Duration? {
        guard !waiters.isEmpty, let deadline = deadlines.earliest else { return nil }
        return min(deadline, expiries.earliest ?? deadline)
    }

    /// How many wait.
    var waiterCount: Int { waiters.count }

    /// Gives a lease on keys that nobody holds or waits for; nil when somebody does.
    mutating func take(_ keys: [FenceKey], length: Duration, at now: Duration) -> Grant? {
        settle(at: now)
        guard keys.allSatisfy({ places[$0] == nil }) else { return nil }
        let grant = hold(keys, length: length, at: now)
        for key in keys { places[key] = Place(holder: grant.number) }
        return grant
    }

    /// Lines up for keys.
    mutating func enter(_ keys: [FenceKey], length: Duration, until deadline: Duration, at now: Duration) -> Ticket {
        lastTicket += 1
        waiters[lastTicket] = Waiter(keys: keys, length: length, deadline: deadline)
        deadlines.insert(lastTicket, due: deadline)
        for key in keys { places[key, default: Place()].line.insert(lastTicket) }
        serve(keys, at: now)
        return lastTicket
    }

    /// Takes out what a ticket was given, if anything.
    mutating func takeGrant(of ticket: Ticket) -> Grant? {
        grants.removeValue(forKey: ticket)
    }

    /// The tickets that were served or refused since this was asked last; those who were served have a grant.
    mutating func takeSettled() -> [Ticket] {
        guard !settled.isEmpty else { return [] }
        defer { settled = [] }
        return settled
    }

    /// Leaves all lines; what was given meanwhile is freed.
    mutating func leave(_ ticket: Ticket, at now: Duration) {
        if let grant = grants.removeValue(forKey: ticket) {
            _ = release(grant.number, at: now)
        } else {
            remove(ticket, at: now)
        }
    }

    /// Makes a lease last `length` from now on; false when it is not held.
    mutating func renew(_ lease: LeaseNumber, for length: Duration, at now: Duration) -> Bool {
        settle(at: now)
        guard let holding = holdings[lease] else { return false }
        // Those who wait have been told when to look again, so a lease never gets shorter.
        holdings[lease]?.deadline = max(holding.deadline, now + length)
        return true
    }

    /// Frees the keys of a lease; false when it is not held.
    mutating func release(_ lease: LeaseNumber, at now: Duration) -> Bool {
        settle(at: now)
        guard let freed = end(lease) else { return false }
        noteStaleExpiry()
        serve(freed, at: now)
        return true
    }

    /// Frees the keys of all leases that have run out, then refuses those who still wait and would wait no longer.
    mutating func settle(at now: Duration) {
        while let lease = expiries.popDue(at: now) {
            guard let holding = holdings[lease] else { continue }
            if holding.deadline > now {
                expiries.insert(lease, due: holding.deadline)
            } else if let freed = end(lease) {
                serve(freed, at: now)
            }
        }
        while let ticket = deadlines.popDue(at: now) {
            if remove(ticket, at: now) { settled.append(ticket) }
        }
    }

    // MARK: - Steps

    private mutating func hold(_ keys: [FenceKey], length: Duration, at now: Duration) -> Grant {
        let number = nextLease
        nextLease += 1
        holdings[number] = Holding(keys: keys, deadline: now + length)
        expiries.insert(number, due: now + length)
        return Grant(number: number, start: now)
    }

    private mutating func end(_ lease: LeaseNumber) -> [FenceKey]? {
        guard let holding = holdings.removeValue(forKey: lease) else { return nil }
        for key in holding.keys { change(key) { $0.holder = nil } }
        return holding.keys
    }

    /// Serves whoever heads the lines of these keys and can be served.
    private mutating func serve(_ keys: [FenceKey], at now: Duration) {
        for key in keys {
            guard let ticket = places[key]?.line.lowest, let waiter = waiters[ticket],
                waiter.keys.allSatisfy({ isFree($0, for: ticket) })
            else { continue }
            let grant = hold(waiter.keys, length: waiter.length, at: now)
            for key in waiter.keys {
                change(key) { place in
                    place.holder = grant.number
                    place.line.remove(ticket)
                }
            }
            waiters[ticket] = nil
            noteStaleDeadline()
            grants[ticket] = grant
            settled.append(ticket)
        }
    }

    private func isFree(_ key: FenceKey, for ticket: Ticket) -> Bool {
        guard let place = places[key] else { return false }
        return place.holder == nil && place.line.lowest == ticket
    }

    /// Takes somebody who waits out of all lines; false when he does not wait.
    @discardableResult
    private mutating func remove(_ ticket: Ticket, at now: Duration) -> Bool {
        guard let waiter = waiters.removeValue(forKey: ticket) else { return false }
        if waiter.deadline > now { noteStaleDeadline() }
        for key in waiter.keys { change(key) { $0.line.remove(ticket) } }
        serve(waiter.keys, at: now)
        return true
    }

    /// Changes the place of a key, and forgets it when nobody holds the key or waits for it any more.
    private mutating func change(_ key: FenceKey, _ body: (inout Place) -> Void) {
        guard let index = places.index(forKey: key) else { return }
        body(&places.values[index])
        if places.values[index].holder == nil, places.values[index].line.count == 0 { places.remove(at: index) }
    }

    private mutating func noteStaleExpiry() {
        let holdings = holdings
        expiries.noteStale { holdings[$0] != nil }
    }

    private mutating func noteStaleDeadline() {
        let waiters = waiters
        deadlines.noteStale { waiters[$0] != nil }
    }
}

extension ChunkedSortedArray {
    /// The first element.
    fileprivate var lowest: Element? { count == 0 ? nil : self[start] }
}
