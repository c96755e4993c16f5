import MarketplaceCore

extension WaitingFront {
    /// Where the ticket of a number that is in the line stands.
    enum Standing: Hashable {
        case waiting
        case called(WaitingCall)
        case missed
    }

    func standing(of number: Int64, at time: Timestamp) -> Standing {
        guard number <= calledThrough else { return .waiting }
        guard let call = openCalls.last(where: { $0.first <= number }), number <= call.last, time < call.deadline else {
            return .missed
        }
        return .called(call)
    }

    /// How many tickets are called before that of a number, at most.
    private func before(_ number: Int64) -> Int64 { number - calledThrough - 1 }

    /// When a ticket that waits is called, by the rate alone.
    private func estimatedCall(of number: Int64, at time: Timestamp) -> Timestamp {
        let place = called + before(number) + 1 + lapsed - noShows - givenBack
        return max(terms.time(ofPlace: place), nextMove, time)
    }

    func status(of record: WaitingTicketRecord, at time: Timestamp) -> WaitingStatus {
        switch record.phase {
        case .left: return .left
        case .exited: return .exited
        case .inside(let pass): return pass.isValid(at: time) ? .inside(pass) : .exited
        case .inLine: break
        }
        let number = record.ticket.number
        switch standing(of: number, at: time) {
        case .called(let call): return .called(until: call.deadline)
        case .missed: return .missed
        case .waiting where closing == .everybody: return .dismissed
        case .waiting:
            return .waiting(before: before(number), estimatedCall: estimatedCall(of: number, at: time))
        }
    }

    /// What joining comes to for a member.
    enum Joining: Hashable {
        /// The member keeps the ticket.
        case known(WaitingTicket)
        /// The member takes the next number.
        case anew
        /// The member's stay is over, which nobody has noticed: that comes first.
        case afterExit
    }

    func joining(_ record: WaitingTicketRecord?, at time: Timestamp) throws(WaitingQueueRefusal) -> Joining {
        if let record {
            let ticket = record.ticket
            switch record.phase {
            case .inside where record.pass(at: time) != nil: return .known(ticket)
            case .inside where closing == nil: return .afterExit
            case .inLine where standing(of: ticket.number, at: time) != .missed: return .known(ticket)
            case .inLine where !terms.noShowsMayRejoin: throw .missed(number: ticket.number)
            case .inside, .inLine, .left, .exited: break
            }
        }
        if let closedAt { throw .closed(at: closedAt) }
        return .anew
    }

    /// What entering comes to for a member.
    enum Entering: Hashable {
        case known(AdmissionPass)
        case anew(AdmissionPass, answering: WaitingCall)
    }

    func entering(_ record: WaitingTicketRecord, at time: Timestamp) throws(WaitingQueueRefusal) -> Entering {
        let ticket = record.ticket
        switch record.phase {
        case .left: throw .left(number: ticket.number)
        case .exited: throw .exited(number: ticket.number)
        case .inside:
            guard let pass = record.pass(at: time) else { throw .exited(number: ticket.number) }
            return .known(pass)
        case .inLine: break
        }
        switch standing(of: ticket.number, at: time) {
        case .missed: throw .missed(number: ticket.number)
        case .waiting:
            if closing == .everybody, let closedAt { throw .closed(at: closedAt) }
            throw .notCalled(
                number: ticket.number,
                before: before(ticket.number),
                estimatedCall: estimatedCall(of: ticket.number, at: time)
            )
        case .called(let call):
            let pass = AdmissionPass(
                member: ticket.member,
                number: ticket.number,
                enteredAt: time,
                validUntil: terms.maximumStay.map { time.advanced(by: $0) }
            )
            return .anew(pass, answering: call)
        }
    }

    /// What leaving comes to for a member.
    enum Leaving: Hashable {
        case nothing
        /// Out of the line, before the call.
        case departing
        /// After the call, whose place goes back.
        case givingBack(WaitingCall)
        /// From inside.
        case exiting
    }

    func leaving(_ record: WaitingTicketRecord, at time: Timestamp) throws(WaitingQueueRefusal) -> Leaving {
        switch record.phase {
        case .left, .exited: return .nothing
        case .inside: return .exiting
        case .inLine: break
        }
        switch standing(of: record.ticket.number, at: time) {
        case .waiting: return .departing
        case .called(let call): return .givingBack(call)
        case .missed: throw .missed(number: record.ticket.number)
        }
    }

    /// Whether somebody goes out by an exit; false when the member has gone out before.
    static func exiting(_ record: WaitingTicketRecord) throws(WaitingQueueRefusal) -> Bool {
        switch record.phase {
        case .inside: return true
        case .exited: return false
        case .inLine, .left: throw .notInside(number: record.ticket.number)
        }
    }
}
