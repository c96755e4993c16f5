public import MarketplaceCore
import MarketplaceStorage

extension StoreWaitingQueue {
    /// How many documents or counters one commit of an erasure deletes.
    private static let erasedPerCommit = 1_000

    /// Deletes everything that is stored of a queue that was closed to everybody, a batch at a time.
    ///
    /// For when the sale is long over and no call about it is under way any more: it leaves nothing by which a late
    /// call would be recognised. Erasing a queue that is not there changes nothing.
    ///
    /// - Throws: `notClosed`.
    public func erase(at time: Timestamp) async throws(WaitingQueueError) {
        guard let front = try await read(names.front, as: WaitingFront.self)?.value else { return }
        guard front.isSound else { throw Self.unreadable("the front of waiting queue \(key)") }
        guard front.closing == .everybody else { throw .refused(.notClosed) }
        let joined = try await tally().joined
        try await erase(WaitingKeySpace.tickets, after: names.ticketsStart, at: time)
        try await erase(WaitingKeySpace.gone, after: names.ticketsStart, at: time)
        if joined > 0 {
            let lastBlock = WaitingKeySpace.block(of: joined)
            try await erase(0...lastBlock, at: time) { names.changes(block: $0) }
        }
        if front.lastCall > 0 {
            let oldest = max(1, front.lastCall - Self.sealedCallsKept - WaitingQueueLimits.openCalls)
            try await erase(oldest...front.lastCall, at: time) { names.answers(call: $0) }
        }
        // The front goes last: while it is there, the erasure can be done again.
        var transaction = Transaction(id: id("erase", calls.next()), time: time)
        transaction.delete(names.front)
        for counter in [names.joined, names.departed, names.givenBack, names.exited] {
            transaction.deleteCounter(counter)
        }
        _ = try await commit(transaction)
    }

    /// Deletes the documents of this queue in a collection where its own follow one another.
    private func erase(
        _ collection: DocumentCollection,
        after start: TextKey<DocumentSubject>,
        at time: Timestamp
    ) async throws(WaitingQueueError) {
        let query = DocumentQuery.all(of: collection, limit: Self.erasedPerCommit)
            .continued(from: DocumentCursor(values: [], id: start))
        while true {
            let slice = try await reading { () async throws(StoreError) in try await store.documents(matching: query) }
            let own = slice.documents.prefix { $0.key.id.text.utf8.starts(with: start.text.utf8) }
            guard !own.isEmpty else { return }
            var transaction = Transaction(id: id("erase documents", calls.next()), time: time)
            for document in own { transaction.delete(document.key) }
            _ = try await commit(transaction)
        }
    }

    /// Deletes the counters of a range of numbers.
    private func erase(
        _ numbers: ClosedRange<Int64>,
        at time: Timestamp,
        named name: (Int64) -> CounterKey
    ) async throws(WaitingQueueError) {
        var next = numbers.lowerBound
        while next <= numbers.upperBound {
            let last = min(numbers.upperBound, next + Int64(Self.erasedPerCommit) - 1)
            var transaction = Transaction(id: id("erase counters", calls.next()), time: time)
            for number in next...last { transaction.deleteCounter(name(number)) }
            _ = try await commit(transaction)
            next = last + 1
        }
    }
}
