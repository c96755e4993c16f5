import MarketplaceCore
import MarketplaceStorage

extension PostgresBatch {
    /// Checks everything against the state before the transaction, and returns the counters' next values.
    func check(_ transaction: Transaction, in namespace: Int64) throws(StoreConflict) -> [Int64] {
        try checkGuards(of: transaction, in: namespace)
        for append in transaction.appends {
            if case .exactly(let expected) = append.expected {
                try check(append.stream, isAt: expected, in: namespace)
            }
        }
        try checkDocuments(of: transaction, in: namespace)
        var values: [Int64] = []
        for add in transaction.counterAdds {
            values.append(try add.applied(to: counters[Scoped(namespace, add.key)]?.value ?? 0))
        }
        return values
    }

    private func checkGuards(of transaction: Transaction, in namespace: Int64) throws(StoreConflict) {
        for guarded in transaction.guards {
            switch guarded {
            case .stream(let stream, let expected):
                try check(stream, isAt: expected, in: namespace)
            case .document(let key, let expected):
                let actual = documents[Scoped(namespace, key)]?.revision
                guard actual == expected else {
                    throw .documentRevision(key, expected: expected, actual: actual)
                }
            case .fence(let key, let presented):
                if let highest = fences[Scoped(namespace, key)]?.value, highest > presented {
                    throw .staleFence(key, presented: presented, highest: highest)
                }
            }
        }
    }

    private func check(
        _ stream: StreamID,
        isAt expected: StreamVersion,
        in namespace: Int64
    ) throws(StoreConflict) {
        let actual = streams[Scoped(namespace, stream)]?.version ?? .none
        guard actual == expected else { throw .streamVersion(stream, expected: expected, actual: actual) }
    }

    private func checkDocuments(of transaction: Transaction, in namespace: Int64) throws(StoreConflict) {
        let touched =
            transaction.deletes.map { ($0.key, $0.expected) } + transaction.writes.map { ($0.key, $0.expected) }
        for (key, expected) in touched {
            let actual = documents[Scoped(namespace, key)]?.revision
            guard expected.isMet(by: actual) else {
                throw .documentRevision(key, expected: expected.revision, actual: actual)
            }
        }
        guard transaction.writes.contains(where: { !$0.uniqueKeys.isEmpty }) else { return }
        // A key is free when nobody holds it, or when its holder gives it up in this very transaction.
        let leaving = Set(touched.map(\.0))
        var taken: [UniqueKey: DocumentKey] = [:]
        for write in transaction.writes {
            for key in write.uniqueKeys {
                let stored = uniques[Scoped(namespace, key)]?.holder
                let holder = taken[key] ?? stored.flatMap { leaving.contains($0) ? nil : $0 }
                if let holder, holder != write.key { throw .uniqueKey(key, holder: holder) }
                taken[key] = write.key
            }
        }
    }
}
