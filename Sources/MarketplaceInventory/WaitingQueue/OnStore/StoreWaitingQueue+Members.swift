public import MarketplaceCore
import MarketplaceStorage

extension StoreWaitingQueue {
    /// Lets in a member who was called; see ``WaitingQueue/enter(_:at:)``.
    ///
    /// Two reads and one commit, which others who enter do not make fail.
    @discardableResult
    public func enter(_ member: MemberKey, at time: Timestamp) async throws(WaitingQueueError) -> AdmissionPass {
        try WaitingQueueLimits.validate(member)
        return try await attempting { () async throws(WaitingQueueError) -> AdmissionPass? in
            var front = try await moved(at: time, isInHurry: true)
            let ticket = try await knownTicket(of: member)
            if ticket.record.phase == .inLine,
                front.value.standing(of: ticket.record.ticket.number, at: time) == .waiting
            {
                front = try await moved(at: time)
            }
            switch try refusing({ () throws(WaitingQueueRefusal) in
                try front.value.entering(ticket.record, at: time)
            }) {
            case .known(let pass): return pass
            case .anew(let pass, let call):
                var transaction = transaction("enter", ticket, at: time)
                try write(ticket, movedTo: .inside(pass), in: &transaction)
                transaction.add(1, to: names.answers(call: call.id), ceiling: call.size)
                return try await isDone(transaction) ? pass : nil
            }
        }
    }

    /// Gives up the place; see ``WaitingQueue/leave(_:at:)``.
    ///
    /// Out of the line it goes only as long as the line has not moved meanwhile; then it is decided anew.
    public func leave(_ member: MemberKey, at time: Timestamp) async throws(WaitingQueueError) {
        try WaitingQueueLimits.validate(member)
        try await attempting { () async throws(WaitingQueueError) -> Void? in
            let front = try await moved(at: time, isInHurry: true)
            let ticket = try await knownTicket(of: member)
            let leaving = try refusing { () throws(WaitingQueueRefusal) in
                try front.value.leaving(ticket.record, at: time)
            }
            var transaction = transaction("leave", ticket, at: time)
            switch leaving {
            case .nothing: return ()
            case .exiting: return try await exit(ticket, at: time) ? () : nil
            case .departing: try depart(ticket, front.revision, in: &transaction)
            case .givingBack(let call):
                transaction.add(1, to: names.answers(call: call.id), ceiling: call.size)
                transaction.add(1, to: names.givenBack)
            }
            try write(ticket, movedTo: .left, in: &transaction)
            return try await isDone(transaction) ? () : nil
        }
    }

    /// Adds to a transaction that a ticket leaves the line while the front is at `revision`.
    private func depart(
        _ ticket: StoredTicket,
        _ revision: DocumentRevision,
        in transaction: inout Transaction
    ) throws(WaitingQueueError) {
        let number = ticket.record.ticket.number
        transaction.require(.document(names.front, at: revision))
        transaction.add(1, to: names.departed)
        transaction.add(1, to: names.changes(block: WaitingKeySpace.block(of: number)))
        let place = IndexEntry(WaitingKeySpace.lineIndex, .text(key.text), .integer(number))
        let body = try encoded(GoneTicketDocument(number: number))
        transaction.write(DocumentWrite(names.goneTicket(number), body: body, indexEntries: [place]))
    }

    /// Lets a member out who was inside; see ``WaitingQueue/exit(_:at:)``.
    public func exit(_ member: MemberKey, at time: Timestamp) async throws(WaitingQueueError) {
        try WaitingQueueLimits.validate(member)
        try await attempting { () async throws(WaitingQueueError) -> Void? in
            _ = try await moved(at: time, isInHurry: true)
            let ticket = try await knownTicket(of: member)
            let isInside = try refusing { () throws(WaitingQueueRefusal) in
                try WaitingFront.exiting(ticket.record)
            }
            guard isInside else { return () }
            return try await exit(ticket, at: time) ? () : nil
        }
    }

    /// Lets out the member of a ticket; false when others were faster.
    func exit(_ ticket: StoredTicket, at time: Timestamp) async throws(WaitingQueueError) -> Bool {
        var transaction = transaction("exit", ticket, at: time)
        try write(ticket, movedTo: .exited, in: &transaction)
        transaction.add(1, to: names.exited)
        return try await isDone(transaction)
    }
}
