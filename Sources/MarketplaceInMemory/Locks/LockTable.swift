import MarketplaceCore
import MarketplaceStorage

/// Who holds which keys and who waits for them: a pure state machine, with the time as an argument.
///
/// Those who wait have a ticket, and stand with it in the line of each of their keys. Tickets are given in one order
/// for all lines, so the lowest ticket is at the head of all its lines: nobody waits in a circle. A ticket is served
/// when it heads all its lines and all its keys are free.
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
    }

    private var nextLease: LeaseNumber
    private var lastTicket: Ticket = 0
    private var holders: [FenceKey: LeaseNumber] = [:]
    private var holdings: [LeaseNumber: Holding] = [:]
    private var expiries = DeadlineHeap<LeaseNumber>()
    private var lines: [FenceKey: ChunkedSortedArray<Ticket>] = [:]
    private var waiters: [Ticket: Waiter] = [:]
    private var grants: [Ticket: Grant] = [:]
    private var served: [Ticket] = []

    init(firstToken: UInt64) {
        nextLease = firstToken
    }

    /// How many keys are held or waited for, leases stand and callers wait; for tests, which assert that none is left.
    var residue: Int { holders.count + holdings.count + lines.count + waiters.count + grants.count }

    /// When the next lease runs out, at the earliest.
    var nextExpiry: Duration? { expiries.earliest }

    /// How many wait.
    var waiterCount: Int { waiters.count }

    /// Lines up for keys.
    mutating func enter(_ keys: [FenceKey], length: Duration, at now: Duration) -> Ticket {
        lastTicket += 1
        waiters[lastTicket] = Waiter(keys: keys, length: length)
        for key in keys { lines[key, default: ChunkedSortedArray()].insert(lastTicket) }
        serve(keys, at: now)
        return lastTicket
    }

    /// Takes out what a ticket was given, if anything yet.
    mutating func takeGrant(of ticket: Ticket, at now: Duration) -> Grant? {
        expire(at: now)
        return grants.removeValue(forKey: ticket)
    }

    /// The tickets that were served since this was asked last.
    mutating func takeServed() -> [Ticket] {
        defer { served.removeAll() }
        return served
    }

    /// Leaves all lines; what was given meanwhile is freed.
    mutating func leave(_ ticket: Ticket, at now: Duration) {
        if let grant = grants.removeValue(forKey: ticket) {
            _ = release(grant.number, at: now)
        } else if let waiter = waiters.removeValue(forKey: ticket) {
            for key in waiter.keys { removeFromLine(ticket, of: key) }
            serve(waiter.keys, at: now)
        }
    }

    /// Makes a lease last `length` from now on; false when it is not held.
    mutating func renew(_ lease: LeaseNumber, for length: Duration, at now: Duration) -> Bool {
        expire(at: now)
        guard let holding = holdings[lease] else { return false }
        // Those who wait have been told when to look again, so a lease never gets shorter.
        holdings[lease]?.deadline = max(holding.deadline, now + length)
        return true
    }

    /// Frees the keys of a lease; false when it is not held.
    mutating func release(_ lease: LeaseNumber, at now: Duration) -> Bool {
        expire(at: now)
        guard let freed = end(lease) else { return false }
        noteStaleExpiry()
        serve(freed, at: now)
        return true
    }

    // MARK: - Steps

    private mutating func expire(at now: Duration) {
        var freed: [FenceKey] = []
        while let lease = expiries.popDue(at: now) {
            guard let holding = holdings[lease] else { continue }
            if holding.deadline > now {
                expiries.insert(lease, due: holding.deadline)
            } else {
                freed += end(lease) ?? []
            }
        }
        if !freed.isEmpty { serve(freed, at: now) }
    }

    private mutating func end(_ lease: LeaseNumber) -> [FenceKey]? {
        guard let holding = holdings.removeValue(forKey: lease) else { return nil }
        for key in holding.keys { holders[key] = nil }
        return holding.keys
    }

    /// Serves whoever heads the lines of these keys and can be served.
    private mutating func serve(_ keys: [FenceKey], at now: Duration) {
        for key in keys {
            guard let line = lines[key], let ticket = line.lowest, let waiter = waiters[ticket],
                waiter.keys.allSatisfy({ holders[$0] == nil && lines[$0]?.lowest == ticket })
            else { continue }
            let number = nextLease
            nextLease += 1
            for key in waiter.keys {
                holders[key] = number
                removeFromLine(ticket, of: key)
            }
            waiters[ticket] = nil
            holdings[number] = Holding(keys: waiter.keys, deadline: now + waiter.length)
            expiries.insert(number, due: now + waiter.length)
            grants[ticket] = Grant(number: number, start: now)
            served.append(ticket)
        }
    }

    private mutating func removeFromLine(_ ticket: Ticket, of key: FenceKey) {
        lines[key]?.remove(ticket)
        if lines[key]?.count == 0 { lines[key] = nil }
    }

    private mutating func noteStaleExpiry() {
        let holdings = holdings
        expiries.noteStale { holdings[$0] != nil }
    }
}

extension ChunkedSortedArray {
    /// The first element.
    fileprivate var lowest: Element? { count == 0 ? nil : self[start] }
}
