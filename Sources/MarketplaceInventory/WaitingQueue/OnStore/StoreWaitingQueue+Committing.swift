import MarketplaceCore
import MarketplaceStorage

extension StoreWaitingQueue: StoreService {
    package typealias Failure = WaitingQueueError

    /// The id of the transaction that does something to this queue, which follows from the verb and the parts.
    func id(_ verb: String, _ parts: String...) -> TransactionID {
        // Lengths keep lists of texts apart that would read the same in a row.
        let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
        return TransactionID(derivedFrom: "waiting queue", verb, key.text, text)
    }

    /// Commits; false when others were faster, and what was read is out of date.
    ///
    /// A counter at its bound says that as well: the bounds are those of what was read.
    func isDone(_ transaction: Transaction) async throws(WaitingQueueError) -> Bool {
        if case .done = try await commit(transaction) { true } else { false }
    }

    /// Adds to a transaction a front in place of that of `revision`.
    func write(
        _ front: WaitingFront,
        over revision: DocumentRevision,
        in transaction: inout Transaction
    ) throws(WaitingQueueError) {
        let body = try encoded(front)
        transaction.write(DocumentWrite(names.front, body: body, expecting: .exactly(revision)))
    }

    /// Adds to a transaction a ticket whose member has gone a step further.
    func write(
        _ ticket: StoredTicket,
        movedTo phase: WaitingTicketRecord.Phase,
        in transaction: inout Transaction
    ) throws(WaitingQueueError) {
        let document = WaitingTicketDocument(joining: ticket.joining, record: ticket.record.moved(to: phase))
        transaction.write(
            DocumentWrite(
                names.ticket(ticket.joining.member),
                body: try encoded(document),
                expecting: .exactly(ticket.revision),
                indexEntries: document.indexEntries(of: key)
            )
        )
    }

    /// The transaction that does something to a ticket at `time`.
    func transaction(_ verb: String, _ ticket: StoredTicket, at time: Timestamp) -> Transaction {
        let parts = (ticket.joining.member.text, ticket.revision.description, time.description)
        return Transaction(id: id(verb, parts.0, parts.1, parts.2), time: time)
    }

    /// What is counted of the queue.
    func tally() async throws(WaitingQueueError) -> WaitingTally {
        let values = try await counters([names.joined, names.departed, names.givenBack, names.exited])
        return tally(in: values)
    }

    func tally(in values: [CounterKey: Int64]) -> WaitingTally {
        // What is stored may be anything; within these bounds no sum of counts overflows.
        func count(_ key: CounterKey) -> Int64 {
            min(max(0, CounterSeal.count(of: values[key] ?? 0)), WaitingQueueLimits.numbers)
        }
        return WaitingTally(
            joined: count(names.joined),
            departed: count(names.departed),
            givenBack: count(names.givenBack),
            exited: count(names.exited)
        )
    }

    static func unreadable(_ what: String) -> WaitingQueueError {
        .failed(.notApplied(StoreFailure(.unreadable, what)))
    }

    func counters(_ keys: [CounterKey]) async throws(WaitingQueueError) -> [CounterKey: Int64] {
        try await reading { () async throws(StoreError) in try await store.counters(keys) }
    }
}
