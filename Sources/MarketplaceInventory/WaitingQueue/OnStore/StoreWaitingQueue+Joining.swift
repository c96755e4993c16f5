public import MarketplaceCore
import MarketplaceStorage

extension StoreWaitingQueue {
    /// Takes the next number; see ``WaitingQueue/join(_:at:)``.
    ///
    /// Two reads and two commits, none of which others who join make fail.
    @discardableResult
    public func join(_ member: MemberKey, at time: Timestamp) async throws(WaitingQueueError) -> WaitingTicket {
        try WaitingQueueLimits.validate(member)
        return try await attempting { () async throws(WaitingQueueError) -> WaitingTicket? in
            let front = try await moved(at: time, isInHurry: true)
            let place = try await place(of: member)
            switch try refusing({ () throws(WaitingQueueRefusal) in
                try front.value.joining(place.ticket?.record, at: time)
            }) {
            case .known(let ticket): return ticket
            case .afterExit:
                if let ticket = place.ticket { _ = try await exit(ticket, at: time) }
                return nil
            case .anew: return try await takeNumber(for: member, front, after: place, at: time)
            }
        }
    }

    /// What is stored of a member.
    enum Place {
        case nothing
        case ticket(StoredTicket)
        /// A ticket whose number nobody can tell any more.
        case lost(DocumentRevision)

        var ticket: StoredTicket? { if case .ticket(let ticket) = self { ticket } else { nil } }

        var revision: DocumentRevision? {
            switch self {
            case .nothing: nil
            case .ticket(let ticket): ticket.revision
            case .lost(let revision): revision
            }
        }
    }

    /// What is stored of a member; a ticket that does not know its number yet is told it.
    func place(of member: MemberKey) async throws(WaitingQueueError) -> Place {
        try await attempting { () async throws(WaitingQueueError) -> Place? in
            let key = names.ticket(member)
            let stored = try await reading { () async throws(StoreError) in try await store.document(key) }
            guard let stored else { return .nothing }
            let document = try decoded(WaitingTicketDocument.self, from: stored.body)
            if let ticket = document.ticket(at: stored.revision) {
                guard (1...WaitingQueueLimits.numbers).contains(ticket.record.ticket.number) else {
                    throw Self.unreadable("the ticket of \(member)")
                }
                return .ticket(ticket)
            }
            // The same commit once more: it returns what it returned the first time.
            switch try await commit(joining(document.joining, body: stored.body)) {
            case .done(let receipt):
                return try await tell(receipt, to: document.joining).map(Place.ticket)
            case .contended, .bound:
                let now = try await reading { () async throws(StoreError) in try await store.document(key) }
                return now?.revision == stored.revision ? .lost(stored.revision) : nil
            }
        }
    }

    /// The ticket of a member who has one.
    func knownTicket(of member: MemberKey) async throws(WaitingQueueError) -> StoredTicket {
        guard let ticket = try await place(of: member).ticket else { throw .refused(.notJoined(member)) }
        return ticket
    }

    /// The commit that takes a number: it follows from what the ticket says about it.
    private func joining(_ joining: WaitingTicketDocument.Joining, body: [UInt8]) -> Transaction {
        let replaced = joining.replaced?.description ?? "none"
        let numbers = "\(joining.lastNumber)/\(joining.front)/\(replaced)"
        let id = id("join", joining.member.text, joining.time.description, numbers)
        var transaction = Transaction(id: id, time: joining.time)
        let expected = joining.replaced.map(ExpectedRevision.exactly) ?? .absent
        transaction.write(DocumentWrite(names.ticket(joining.member), body: body, expecting: expected))
        transaction.add(1, to: names.joined, ceiling: joining.lastNumber)
        return transaction
    }

    /// Takes a number and writes it down; nil when others were faster.
    private func takeNumber(
        for member: MemberKey,
        _ front: StoredFront,
        after place: Place,
        at time: Timestamp
    ) async throws(WaitingQueueError) -> WaitingTicket? {
        // Who left is asked for only when it matters.
        var departed: Int64 = 0
        while true {
            let joining = WaitingTicketDocument.Joining(
                member: member,
                time: time,
                lastNumber: front.value.lastNumber(departed: departed),
                front: front.revision,
                replaced: place.revision
            )
            let body = try encoded(WaitingTicketDocument(joining: joining, record: nil))
            switch try await commit(self.joining(joining, body: body)) {
            case .done(let receipt): return try await tell(receipt, to: joining)?.record.ticket
            case .contended: return nil
            case .bound(_, _, let value):
                // Closed meanwhile: the next attempt says so.
                guard !CounterSeal.isSealed(value) else { return nil }
                departed = try await tally().departed
                guard value >= front.value.lastNumber(departed: departed) else { continue }
                guard try await self.front().revision == front.revision else { return nil }
                let tally = WaitingTally(joined: value, departed: departed)
                throw .refused(.full(waiting: front.value.waiting(tally), maximum: front.value.terms.maximumWaiting))
            }
        }
    }

    /// Writes the number that a commit took into the ticket; nil when others were faster.
    private func tell(
        _ receipt: CommitReceipt,
        to joining: WaitingTicketDocument.Joining
    ) async throws(WaitingQueueError) -> StoredTicket? {
        guard let number = receipt.counters.first, let revision = receipt.revisions.first else { return nil }
        let ticket = WaitingTicket(member: joining.member, number: number, joinedAt: joining.time)
        let record = WaitingTicketRecord(ticket: ticket, phase: .inLine)
        var transaction = Transaction(
            id: id("number", joining.member.text, revision.description, "\(number)"),
            time: joining.time
        )
        let body = try encoded(WaitingTicketDocument(joining: joining, record: record))
        transaction.write(DocumentWrite(names.ticket(joining.member), body: body, expecting: .exactly(revision)))
        guard case .done(let receipt) = try await commit(transaction) else { return nil }
        return receipt.revisions.first.map { StoredTicket(joining: joining, record: record, revision: $0) }
    }

    /// Decides by the rules of the front.
    func refusing<Answer>(
        _ body: () throws(WaitingQueueRefusal) -> Answer
    ) throws(WaitingQueueError) -> Answer {
        do throws(WaitingQueueRefusal) {
            return try body()
        } catch {
            throw .refused(error)
        }
    }
}
