public import MarketplaceCore
import MarketplaceStorage

extension StoreWaitingQueue {
    /// How many documents or counters one commit of an erasure deletes.
    private static let erasedPerCommit = 1_000

    /// Deletes everything that is stored of a queue that was closed to everybody, a batch at a time.
    ///
    /// For when the sale is long over and no call about it is under way any more: it leaves nothing by which a late
    /// call would be recognised. Erasing a queue that is not there changes nothing; of a queue that is created anew
    /// under the same key meanwhile nothing is deleted.
    ///
    /// - Throws: `notClosed`.
    public func erase(at time: Timestamp) async throws(WaitingQueueError) {
        try await attempting { () async throws(WaitingQueueError) -> Void? in
            guard let front = try await read(names.front, as: WaitingFront.self) else { return () }
            guard front.value.isSound else { throw Self.unreadable("the front of waiting queue \(key)") }
            guard front.value.closing == .everybody else { throw .refused(.notClosed) }
            return try await erase(front, at: time) ? () : nil
        }
    }

    /// Deletes the queue that has this front, which goes last: while it is there, the erasure can be done again.
    ///
    /// Every commit requires it, so that none deletes anything of a later queue. False when it is another by now.
    private func erase(_ front: StoredFront, at time: Timestamp) async throws(WaitingQueueError) -> Bool {
        for collection in [WaitingKeySpace.tickets, WaitingKeySpace.gone] {
            guard try await erase(collection, of: front, at: time) else { return false }
        }
        let joined = try await tally().joined
        if joined > 0 {
            let blocks = 0...WaitingKeySpace.block(of: joined)
            guard try await erase(blocks, of: front, at: time, named: { names.changes(block: $0) }) else {
                return false
            }
        }
        let lastCall = front.value.lastCall
        if lastCall > 0 {
            let calls = max(1, lastCall - Self.sealedCallsKept - WaitingQueueLimits.openCalls)...lastCall
            guard try await erase(calls, of: front, at: time, named: { names.answers(call: $0) }) else { return false }
        }
        var transaction = Transaction(id: id("erase", calls.next()), time: time)
        transaction.delete(names.front, expecting: .exactly(front.revision))
        for counter in [names.joined, names.departed, names.givenBack, names.exited] {
            transaction.deleteCounter(counter)
        }
        return try await isDone(transaction)
    }

    /// Deletes the documents of this queue in a collection where its own follow one another; false when the front is
    /// another by now.
    private func erase(
        _ collection: DocumentCollection,
        of front: StoredFront,
        at time: Timestamp
    ) async throws(WaitingQueueError) -> Bool {
        let start = names.ticketsStart
        let query = DocumentQuery.all(of: collection, limit: Self.erasedPerCommit)
            .continued(from: DocumentCursor(values: [], id: start))
        while true {
            let slice = try await reading { () async throws(StoreError) in try await store.documents(matching: query) }
            let own = slice.documents.prefix { $0.key.id.text.utf8.starts(with: start.text.utf8) }
            guard !own.isEmpty else { return true }
            var transaction = erasing("documents", of: front, at: time)
            for document in own { transaction.delete(document.key) }
            guard try await isDone(transaction) else { return false }
        }
    }

    /// Deletes the counters of a range of numbers; false when the front is another by now.
    private func erase(
        _ numbers: ClosedRange<Int64>,
        of front: StoredFront,
        at time: Timestamp,
        named name: (Int64) -> CounterKey
    ) async throws(WaitingQueueError) -> Bool {
        var next = numbers.lowerBound
        while next <= numbers.upperBound {
            let last = min(numbers.upperBound, next + Int64(Self.erasedPerCommit) - 1)
            var transaction = erasing("counters", of: front, at: time)
            for number in next...last { transaction.deleteCounter(name(number)) }
            guard try await isDone(transaction) else { return false }
            next = last + 1
        }
        return true
    }

    /// A transaction that deletes some of what belongs to a front, while it is there.
    private func erasing(_ what: String, of front: StoredFront, at time: Timestamp) -> Transaction {
        var transaction = Transaction(id: id("erase", what, calls.next()), time: time)
        transaction.require(.document(names.front, at: front.revision))
        return transaction
    }
}
