import MarketplaceCore

/// A whole waiting queue as a value: the front, the counts and the tickets.
///
/// It has no clock and no lock, and nothing is awaited.
struct WaitingLine: Sendable {
    /// A stay that has an end, in the order of entering.
    private struct Stay: Sendable {
        let member: MemberKey
        let pass: AdmissionPass
    }

    private(set) var front: WaitingFront
    private var tally = WaitingTally()
    /// How many of a call's tickets entered or left, while its window is open.
    private var answers: [Int64: Int64] = [:]
    /// The tickets in the line that left.
    private var gone: Set<Int64> = []
    private var records: [MemberKey: WaitingTicketRecord] = [:]
    private var stays = RetainedQueue<Stay>()

    init(terms: WaitingQueueTerms) {
        front = WaitingFront(terms: terms)
    }

    var figures: WaitingQueueFigures { front.figures(tally) }

    /// Moves the line, if it is time for that.
    mutating func move(at time: Timestamp) {
        guard front.isDue(at: time) else { return }
        var next = front
        next.settleCalls(at: time) { answers[$0.id] ?? 0 }
        let didEndStays = endStays(at: time)
        next.call(next.allowance(at: time, tally), at: time, tally, GoneTickets(numbers: gone, knownThrough: .max))
        guard let moved = next.stamped(at: time, ifChangedFrom: front, orIf: didEndStays) else { return }
        for call in front.overdueCalls(at: time) { answers[call.id] = nil }
        if !gone.isEmpty, moved.calledThrough > front.calledThrough {
            for number in front.calledThrough + 1...moved.calledThrough { gone.remove(number) }
        }
        front = moved
    }

    /// Lets out those whose stay is over; false when there were none.
    private mutating func endStays(at time: Timestamp) -> Bool {
        var count = 0
        while count < WaitingQueueLimits.endingsPerMove, let stay = stays.first, !stay.pass.isValid(at: time) {
            stays.removeFirst()
            // Who has gone out before, and perhaps come in again, is not meant.
            guard let record = records[stay.member], record.phase == .inside(stay.pass) else { continue }
            exit(record)
            count += 1
        }
        return count > 0
    }

    mutating func join(_ member: MemberKey, at time: Timestamp) throws(WaitingQueueRefusal) -> WaitingTicket {
        switch try front.joining(records[member], at: time) {
        case .known(let ticket): return ticket
        case .afterExit: if let record = records[member] { exit(record) }
        case .anew: break
        }
        guard tally.joined < front.lastNumber(departed: tally.departed) else {
            throw .full(waiting: front.waiting(tally), maximum: front.terms.maximumWaiting)
        }
        tally.joined += 1
        let ticket = WaitingTicket(member: member, number: tally.joined, joinedAt: time)
        records[member] = WaitingTicketRecord(ticket: ticket, phase: .inLine)
        return ticket
    }

    func status(of member: MemberKey, at time: Timestamp) throws(WaitingQueueRefusal) -> WaitingStatus {
        front.status(of: try record(of: member), at: time)
    }

    mutating func enter(_ member: MemberKey, at time: Timestamp) throws(WaitingQueueRefusal) -> AdmissionPass {
        let record = try record(of: member)
        switch try front.entering(record, at: time) {
        case .known(let pass): return pass
        case .anew(let pass, let call):
            answers[call.id, default: 0] += 1
            records[member] = record.moved(to: .inside(pass))
            if pass.validUntil != nil { _ = stays.append(Stay(member: member, pass: pass)) }
            return pass
        }
    }

    func admission(of member: MemberKey, at time: Timestamp) -> AdmissionPass? {
        records[member]?.pass(at: time)
    }

    mutating func leave(_ member: MemberKey, at time: Timestamp) throws(WaitingQueueRefusal) {
        let record = try record(of: member)
        switch try front.leaving(record, at: time) {
        case .nothing: break
        case .exiting: exit(record)
        case .departing:
            tally.departed += 1
            gone.insert(record.ticket.number)
            records[member] = record.moved(to: .left)
        case .givingBack(let call):
            tally.givenBack += 1
            answers[call.id, default: 0] += 1
            records[member] = record.moved(to: .left)
        }
    }

    mutating func exit(_ member: MemberKey) throws(WaitingQueueRefusal) {
        let record = try record(of: member)
        if try WaitingFront.exiting(record) { exit(record) }
    }

    mutating func close(to closing: WaitingQueueClosing, at time: Timestamp) {
        if let closed = front.closed(to: closing, at: time) { front = closed }
    }

    private mutating func exit(_ record: WaitingTicketRecord) {
        tally.exited += 1
        records[record.ticket.member] = record.moved(to: .exited)
    }

    private func record(of member: MemberKey) throws(WaitingQueueRefusal) -> WaitingTicketRecord {
        guard let record = records[member] else { throw .notJoined(member) }
        return record
    }
}
