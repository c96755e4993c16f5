import MarketplaceCore
import MarketplaceStorage

extension StoreState {
    /// Applies a valid transaction as a whole, or throws and changes nothing.
    mutating func commit(
        _ transaction: Transaction,
        digest: ContentDigest.Value,
        now: Timestamp
    ) throws(StoreConflict) -> CommitReceipt {
        if transaction.isRemembered,
            let first = try receipts.receipt(of: transaction.id, digest: digest, now: now)
        {
            return first
        }
        try checkGuards(of: transaction)
        try checkStreams(of: transaction)
        try checkDocuments(of: transaction)
        let counterValues = try nextCounterValues(of: transaction)

        remember(fencesOf: transaction)
        let versions = append(transaction)
        for trim in transaction.trims { apply(trim) }
        for delete in transaction.deletes { remove(delete.key) }
        let revisions = write(transaction)
        for (add, value) in zip(transaction.counterAdds, counterValues) { counters[add.key] = value }
        for key in transaction.counterDeletes { counters[key] = nil }

        let receipt = CommitReceipt(
            transaction: transaction.id,
            position: head,
            versions: versions,
            revisions: revisions,
            counters: counterValues
        )
        if transaction.isRemembered { receipts.remember(receipt, digest: digest, now: now) }
        return receipt
    }

    private func checkGuards(of transaction: Transaction) throws(StoreConflict) {
        for guarded in transaction.guards {
            switch guarded {
            case .stream(let stream, let expected):
                try check(stream, isAt: expected)
            case .document(let key, let expected):
                let actual = documents[key]?.revision
                guard actual == expected else {
                    throw .documentRevision(key, expected: expected, actual: actual)
                }
            case .fence(let key, let presented):
                if let highest = fences[key], highest > presented {
                    throw .staleFence(key, presented: presented, highest: highest)
                }
            }
        }
    }

    private func checkStreams(of transaction: Transaction) throws(StoreConflict) {
        for append in transaction.appends {
            if case .exactly(let expected) = append.expected { try check(append.stream, isAt: expected) }
        }
    }

    private func check(_ stream: StreamID, isAt expected: StreamVersion) throws(StoreConflict) {
        let actual = streams[stream]?.version ?? .none
        guard actual == expected else { throw .streamVersion(stream, expected: expected, actual: actual) }
    }

    private func checkDocuments(of transaction: Transaction) throws(StoreConflict) {
        for delete in transaction.deletes { try check(delete.key, meets: delete.expected) }
        for write in transaction.writes { try check(write.key, meets: write.expected) }
        try checkUniqueKeys(of: transaction)
    }

    private func check(_ key: DocumentKey, meets expected: ExpectedRevision) throws(StoreConflict) {
        let actual = documents[key]?.revision
        guard expected.isMet(by: actual) else {
            throw .documentRevision(key, expected: expected.revision, actual: actual)
        }
    }

    /// A key is free when nobody holds it, or when its holder gives it up in this very transaction.
    private func checkUniqueKeys(of transaction: Transaction) throws(StoreConflict) {
        guard transaction.writes.contains(where: { !$0.uniqueKeys.isEmpty }) else { return }
        let leaving = Set(transaction.deletes.map(\.key) + transaction.writes.map(\.key))
        var taken: [UniqueKey: DocumentKey] = [:]
        for write in transaction.writes {
            for key in write.uniqueKeys {
                let holder = taken[key] ?? uniqueKeys[key].flatMap { leaving.contains($0) ? nil : $0 }
                if let holder, holder != write.key { throw .uniqueKey(key, holder: holder) }
                taken[key] = write.key
            }
        }
    }

    private func nextCounterValues(of transaction: Transaction) throws(StoreConflict) -> [Int64] {
        guard !transaction.counterAdds.isEmpty else { return [] }
        var values: [Int64] = []
        values.reserveCapacity(transaction.counterAdds.count)
        for add in transaction.counterAdds { values.append(try add.applied(to: counters[add.key] ?? 0)) }
        return values
    }

    private mutating func remember(fencesOf transaction: Transaction) {
        // Of two tokens of one key the higher counts, whichever comes first.
        for case .fence(let key, let token) in transaction.guards { fences[key] = max(token, fences[key] ?? token) }
    }

    private mutating func append(_ transaction: Transaction) -> [StreamVersion] {
        guard !transaction.appends.isEmpty else { return [] }
        var versions: [StreamVersion] = []
        versions.reserveCapacity(transaction.appends.count)
        for append in transaction.appends {
            versions.append(self.append(append, of: transaction))
        }
        return versions
    }

    private mutating func append(_ append: StreamAppend, of transaction: Transaction) -> StreamVersion {
        let first = lastPosition + 1
        lastPosition += UInt64(append.events.count)
        let isJournal = append.stream.category.isJournal
        return isJournal
            ? streams[append.stream, default: Stream()].append(append, of: transaction, at: first, to: &journalEvents)
            : streams[append.stream, default: Stream()].append(append, of: transaction, at: first, to: &businessEvents)
    }

    private mutating func apply(_ trim: StreamTrim) {
        let removed: [RecordedEventBox]
        switch trim {
        case .before(let version, let stream):
            guard let events = streams[stream]?.events else { return }
            let count = events.prefix { $0.event.version < version }.count
            removed = Array(events.prefix(count))
            streams[stream]?.events.removeFirst(count)
        case .whole(let stream):
            removed = streams.removeValue(forKey: stream)?.events ?? []
        }
        for event in removed {
            let position = event.event.position.minor
            if trim.stream.category.isJournal {
                journalEvents.remove(at: position)
            } else {
                businessEvents.remove(at: position)
            }
        }
    }
}
