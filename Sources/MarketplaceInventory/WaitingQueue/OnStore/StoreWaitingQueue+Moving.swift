import MarketplaceCore
import MarketplaceStorage

extension StoreWaitingQueue {
    /// How many calls' counters are kept once they are sealed, so that a commit that is under way since then finds the
    /// seal: with a second between two calls that is a quarter of an hour, longer than any commit takes.
    static let sealedCallsKept: Int64 = 1_000

    /// The front, after the line has moved if it was time for that.
    ///
    /// Who is in a hurry takes the front as it is while somebody else moves it: whoever moves it, it has moved.
    func moved(at time: Timestamp, isInHurry: Bool = false) async throws(WaitingQueueError) -> StoredFront {
        let front = try await front()
        guard front.value.isDue(at: time) else { return front }
        if isInHurry {
            guard turn.take() else { return front }
            defer { turn.giveBack() }
            if let moved = try await move(front, at: time) { return moved }
            return try await self.front()
        }
        return try await attempting { () async throws(WaitingQueueError) -> StoredFront? in
            let front = try await self.front()
            return front.value.isDue(at: time) ? try await move(front, at: time) : front
        }
    }

    func front() async throws(WaitingQueueError) -> StoredFront {
        guard let front = try await read(names.front, as: WaitingFront.self) else { throw .refused(.unknownQueue) }
        guard front.value.isSound else { throw Self.unreadable("the front of waiting queue \(key)") }
        return front
    }

    /// Moves the line from a front that was read; nil when others were faster.
    private func move(_ front: StoredFront, at time: Timestamp) async throws(WaitingQueueError) -> StoredFront? {
        let overdue = front.value.overdueCalls(at: time)
        let totals = [names.joined, names.givenBack, names.exited]
        let values = try await counters(totals + overdue.map { names.answers(call: $0.id) })
        var tally = tally(in: values)
        let stays = try await overdueStays(front.value, at: time)
        tally.exited += Int64(stays.count)

        var next = front.value
        next.settleCalls(at: time) { CounterSeal.count(of: values[names.answers(call: $0.id)] ?? 0) }
        let allowance = next.allowance(at: time, tally)
        let line = try await line(behind: next, allowance, tally)
        next.call(allowance, at: time, tally, line.gone)
        guard let moved = next.stamped(at: time, ifChangedFrom: front.value, orIf: !stays.isEmpty) else { return front }

        let parts = (front.revision.description, time.description)
        var transaction = Transaction(id: id("move", parts.0, parts.1), time: time)
        try write(moved, over: front.revision, in: &transaction)
        for call in overdue { seal(call, answers: values[names.answers(call: call.id)] ?? 0, in: &transaction) }
        for stay in stays { try write(stay, movedTo: .exited, in: &transaction) }
        if !stays.isEmpty { transaction.add(Int64(stays.count), to: names.exited) }
        pass(from: front.value, to: moved, line, in: &transaction)
        // Read anew: the revision is wanted as well, and others may have gone on.
        return try await isDone(transaction) ? try await self.front() : nil
    }

    /// Ends the count of a call's answers, unless there are more by now, and forgets that of an old call.
    private func seal(_ call: WaitingCall, answers: Int64, in transaction: inout Transaction) {
        transaction.add(CounterSeal.value, to: names.answers(call: call.id), ceiling: answers + CounterSeal.value)
        let oldest = call.id - Self.sealedCallsKept
        if oldest > 0 { transaction.deleteCounter(names.answers(call: oldest)) }
    }

    /// The next tickets of the line, as far as one move can come.
    private struct LineAhead {
        let gone: GoneTickets
        /// How often each block was changed when they were read.
        let changes: [Int64: Int64]
    }

    /// Reads who has left of the tickets that the next move may come to.
    private func line(
        behind front: WaitingFront,
        _ allowance: WaitingAllowance,
        _ tally: WaitingTally
    ) async throws(WaitingQueueError) -> LineAhead {
        let page = WaitingQueueLimits.endingsPerMove
        let places = min(allowance.places, WaitingQueueLimits.callsPerMove)
        let first = front.calledThrough + 1
        let last = min(tally.joined, front.calledThrough + places + Int64(page))
        guard places > 0, first <= last else { return LineAhead(gone: .none, changes: [:]) }
        let blocks = Array(WaitingKeySpace.block(of: first)...WaitingKeySpace.block(of: last))
        // Before the tickets: what leaves in between then shows as a change.
        let values = try await counters(blocks.map(names.changes(block:)))
        let changes = Dictionary(uniqueKeysWithValues: blocks.map { ($0, values[names.changes(block: $0)] ?? 0) })
        let query = DocumentQuery.indexed(
            WaitingKeySpace.gone,
            by: WaitingKeySpace.lineIndex,
            prefix: [.text(key.text)],
            atLeast: .integer(first),
            atMost: .integer(last),
            limit: page
        )
        let slice = try await reading { () async throws(StoreError) in try await store.documents(matching: query) }
        var numbers: [Int64] = []
        for document in slice.documents {
            numbers.append(try decoded(GoneTicketDocument.self, from: document.body).number)
        }
        let isPageFull = numbers.count == page
        // Beyond `last` nothing was read, but then all that may be called are found before it.
        let known = isPageFull ? (numbers.last ?? front.calledThrough) : (last == tally.joined ? .max : last)
        return LineAhead(gone: GoneTickets(numbers: Set(numbers), knownThrough: known), changes: changes)
    }

    /// Adds to a transaction that the line went on: nobody in between has left since they were read.
    private func pass(
        from old: WaitingFront,
        to new: WaitingFront,
        _ line: LineAhead,
        in transaction: inout Transaction
    ) {
        guard new.calledThrough > old.calledThrough else { return }
        let first = WaitingKeySpace.block(of: old.calledThrough + 1)
        for block in first...WaitingKeySpace.block(of: new.calledThrough) {
            transaction.add(1, to: names.changes(block: block), ceiling: (line.changes[block] ?? 0) + 1)
        }
        for number in line.gone.numbers.sorted() where number <= new.calledThrough {
            transaction.delete(names.goneTicket(number))
        }
    }

    /// The tickets whose members have stayed as long as they may, at most a page.
    private func overdueStays(
        _ front: WaitingFront,
        at time: Timestamp
    ) async throws(WaitingQueueError) -> [StoredTicket] {
        guard front.terms.maximumStay != nil else { return [] }
        let query = DocumentQuery.indexed(
            WaitingKeySpace.tickets,
            by: WaitingKeySpace.stayIndex,
            prefix: [.text(key.text)],
            atMost: .time(time),
            limit: WaitingQueueLimits.endingsPerMove
        )
        let slice = try await reading { () async throws(StoreError) in try await store.documents(matching: query) }
        var tickets: [StoredTicket] = []
        for stored in slice.documents {
            let document = try decoded(WaitingTicketDocument.self, from: stored.body)
            if let ticket = document.ticket(at: stored.revision) { tickets.append(ticket) }
        }
        return tickets
    }
}
