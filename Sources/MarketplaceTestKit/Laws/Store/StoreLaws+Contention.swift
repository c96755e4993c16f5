import MarketplaceCore
import MarketplaceStorage

extension StoreLaws {
    /// Unique keys move between documents within one transaction.
    public static let uniqueKeysMoveInOneTransaction = StoreLaw(
        "unique.moved",
        "Unique keys move on between documents in one transaction, in a circle of three too, and to a document that is "
            + "made in it; a refused move leaves every key where it was."
    ) { probe in
        let documents = ["c", "a", "b"].map { DocumentKey("law", TextKey(unchecked: $0)) }
        let keys: [UniqueKey] = ["1", "2", "3"]
        for (document, key) in zip(documents, keys) { try await probe.write(document, unique: [key]) }
        for turn in 1...3 {
            try await probe.commit { transaction in
                for (place, document) in documents.enumerated() {
                    let key = keys[(place + turn) % 3]
                    transaction.write(DocumentWrite(document, body: [UInt8(turn)], uniqueKeys: [key]))
                }
            }
            try await demand(keys, areHeldBy: (0..<3).map { documents[($0 + 3 - turn) % 3] }, probe)
        }
        let made = DocumentKey("law", "made")
        try await probe.commit { transaction in
            transaction.write(DocumentWrite(made, body: [], uniqueKeys: [keys[0]]))
            transaction.write(DocumentWrite(documents[0], body: [], uniqueKeys: []))
        }
        try await demand(keys, areHeldBy: [made, documents[1], documents[2]], probe)
        try await probe.refuse(as: .uniqueKey(keys[2], holder: documents[2])) { transaction in
            transaction.write(DocumentWrite(documents[0], body: [], uniqueKeys: [keys[0], keys[2]]))
            transaction.write(DocumentWrite(made, body: [], uniqueKeys: []))
        }
        try await demand(keys, areHeldBy: [made, documents[1], documents[2]], probe)
    }

    /// Of many who take a unique key at once one gets it.
    public static let uniqueKeysAreTakenOnceAtOnce = StoreLaw(
        "unique.at-once",
        "Of many documents that take one unique key at once exactly one gets it, and the others are refused with it "
            + "as the holder."
    ) { probe in
        for round in 0..<20 {
            let unique = try UniqueKey("\(round)")
            let writes = (0..<8).map { number in
                let key = DocumentKey("law", TextKey(EventID(bits: UInt128(round * 100 + number))))
                return (key, probe.transaction { $0.write(DocumentWrite(key, body: [], uniqueKeys: [unique])) })
            }
            let holders = try await withThrowingTaskGroup(of: (DocumentKey, isWinner: Bool).self) { group in
                for (key, transaction) in writes {
                    group.addTask {
                        do throws(StoreError) {
                            _ = try await probe.store.commit(transaction)
                            return (key, true)
                        } catch {
                            guard case .conflict(.uniqueKey(unique, let holder)) = error else { throw error }
                            return (holder, false)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let winners = holders.filter(\.isWinner).map(\.0)
            try LawBreach.unlessEqual(winners.count, 1, "how many documents got the key")
            try LawBreach.unlessEqual(Set(holders.map(\.0)), Set(winners), "the holder that was told to the others")
            let made = try await withoutMissing(writes.map(\.0), probe)
            try LawBreach.unlessEqual(made, winners, "the documents that were made")
        }
    }

    /// Of many who make, change or delete one document at once, one does.
    public static let documentsAreWrittenOnceAtOnce = StoreLaw(
        "document.at-once",
        "Of many who make one document at once, change it from one revision, or delete it, exactly one does, and the "
            + "others are refused with the revision that it has then."
    ) { probe in
        for round in 0..<15 {
            let key = DocumentKey("law", try TextKey("\(round)"))
            let first = try await race(probe) { $0.write(DocumentWrite(key, body: [$1], expecting: .absent)) }
            let made = try await probe.store.document(key)
            try LawBreach.unlessEqual(made?.revision, first.revisions.first, "the revision of the one that made it")
            guard let revision = made?.revision else { continue }
            let second = try await race(probe) {
                $0.write(DocumentWrite(key, body: [$1], expecting: .exactly(revision)))
            }
            let changed = try await probe.store.document(key)
            try LawBreach.unlessEqual(changed?.revision, second.revisions.first, "the revision of the one that did")
            guard let last = changed?.revision else { continue }
            _ = try await race(probe) { transaction, _ in transaction.delete(key, expecting: .exactly(last)) }
            try LawBreach.unlessEqual(try await probe.store.document(key), nil, "the deleted document")
        }
    }

    /// Commits eight transactions at once, of which exactly one must be applied, and returns its receipt.
    private static func race(
        _ probe: StoreProbe,
        _ build: @escaping @Sendable (inout Transaction, UInt8) -> Void
    ) async throws -> CommitReceipt {
        let receipts = try await withThrowingTaskGroup(of: CommitReceipt?.self) { group in
            for number: UInt8 in 0..<8 {
                group.addTask {
                    let transaction = probe.transaction { build(&$0, number) }
                    do throws(StoreError) {
                        return try await probe.store.commit(transaction)
                    } catch {
                        guard case .conflict(.documentRevision) = error else { throw error }
                        return nil
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let applied = receipts.compactMap { $0 }
        try LawBreach.unlessEqual(applied.count, 1, "how many of the eight were applied")
        return applied[0]
    }

    private static func demand(
        _ keys: [UniqueKey],
        areHeldBy holders: [DocumentKey],
        _ probe: StoreProbe
    ) async throws {
        for (key, holder) in zip(keys, holders) {
            try await probe.refuse(as: .uniqueKey(key, holder: holder)) {
                $0.write(DocumentWrite(DocumentKey("law", "stranger"), body: [], uniqueKeys: [key]))
            }
        }
    }

    private static func withoutMissing(_ keys: [DocumentKey], _ probe: StoreProbe) async throws -> [DocumentKey] {
        var found: [DocumentKey] = []
        for key in keys where try await probe.store.document(key) != nil { found.append(key) }
        return found
    }
}
