import MarketplaceCore
import MarketplaceTestKit

@testable import MarketplaceStorage

extension PlantedBugs {
    static let documents: [PlantedBug<any Store>] = [
        PlantedBug(StoreLaws.expectedRevisionsAreChecked, "a document that must be absent may be there") {
            AlteredStore.rewriting { transaction in
                transaction.changing { parts in
                    parts.writes = parts.writes.map { $0.changing(expected: $0.expected == .absent ? .any : nil) }
                }
            }
        },
        PlantedBug(StoreLaws.expectedRevisionsAreChecked, "deletions expect nothing") {
            AlteredStore.rewriting { transaction in
                transaction.changing { $0.deletes = $0.deletes.map { DocumentDelete(key: $0.key, expected: .any) } }
            }
        },
        PlantedBug(StoreLaws.revisionsNeverGoBack, "revisions begin again after a deletion") {
            let revisions = Shared<[DocumentKey: Int64]>([:])
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                let receipt = try await base.commit(transaction)
                let counted = revisions.withLock { revisions in
                    for delete in transaction.deletes { revisions[delete.key] = nil }
                    return transaction.writes.map { write in
                        revisions[write.key, default: 0] += 1
                        return DocumentRevision(revisions[write.key] ?? 0)
                    }
                }
                return receipt.changing(revisions: counted)
            }
            store.onLookup = { (key, base) async throws(StoreError) in
                guard let document = try await base.document(key) else { return nil }
                let revision = DocumentRevision(revisions.withLock { $0[key] ?? 0 })
                return StoredDocument(key: key, revision: revision, body: document.body)
            }
            return store
        },
        PlantedBug(StoreLaws.documentsKeepTheirBytes, "bodies end at a zero byte, as texts of C do") {
            AlteredStore.rewriting { transaction in
                transaction.changing { parts in
                    parts.writes = parts.writes.map { $0.changing(body: Array($0.body.prefix { $0 != 0 })) }
                }
            }
        },
        PlantedBug(StoreLaws.uniqueKeysAreTaken, "only the first unique key of a document counts") {
            AlteredStore.rewriting { transaction in
                transaction.changing { parts in
                    parts.writes = parts.writes.map { $0.changing(uniqueKeys: Array($0.uniqueKeys.prefix(1))) }
                }
            }
        },
        PlantedBug(StoreLaws.uniqueKeysAreReleased, "a deleted document keeps its unique keys") {
            let held = Shared<[DocumentKey: [UniqueKey]]>([:])
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                let receipt = try await base.commit(transaction)
                let kept = held.withLock { held in
                    for write in transaction.writes { held[write.key] = write.uniqueKeys }
                    return transaction.deletes.flatMap { held[$0.key] ?? [] }
                }
                var ghost = Transaction(id: TransactionID(derivedFrom: "\(transaction.id)"), time: transaction.time)
                ghost.write(DocumentWrite(DocumentKey("ghost", "a"), body: [], uniqueKeys: kept))
                if !kept.isEmpty { _ = try await base.commit(ghost) }
                return receipt
            }
            return store
        },
        PlantedBug(StoreLaws.uniqueKeysCanBeExchanged, "documents are written one after the other") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                if transaction.writes.count > 1 {
                    let first = TransactionID(derivedFrom: "\(transaction.id)")
                    _ = try await base.commit(
                        transaction.changing(id: first) { $0.writes = Array($0.writes.prefix(1)) }
                    )
                }
                return try await base.commit(transaction)
            }
            return store
        },
    ]

    static let counters: [PlantedBug<any Store>] = [
        PlantedBug(StoreLaws.countersKeepTheirBounds, "floors are ignored") {
            changingAdds { CounterAdd(key: $0.key, delta: $0.delta, floor: nil, ceiling: $0.ceiling) }
        },
        PlantedBug(StoreLaws.boundsBindOneDirection, "bounds bind in both directions") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                for add in transaction.counterAdds {
                    let value = try await base.counter(add.key)
                    if let ceiling = add.ceiling, value + add.delta > ceiling {
                        throw .conflict(
                            .counterBound(add.key, bound: .ceiling(ceiling), value: value, delta: add.delta)
                        )
                    }
                }
                return try await base.commit(transaction)
            }
            return store
        },
        PlantedBug(StoreLaws.countersDoNotOverflow, "a sum that does not fit stays at the end of the range") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                do throws(StoreError) { return try await base.commit(transaction) } catch {
                    guard case .conflict(.counterBound(_, _, let value, _)) = error else { throw error }
                    return try await base.commit(transaction.changing { $0.adds = [] }).changing(counters: [value])
                }
            }
            return store
        },
        PlantedBug(StoreLaws.countersMergeAdditions, "ceilings are ignored") {
            changingAdds { CounterAdd(key: $0.key, delta: $0.delta, floor: $0.floor, ceiling: nil) }
        },
        PlantedBug(StoreLaws.countersMergeAdditions, "something taken away is not counted") {
            changingAdds { CounterAdd(key: $0.key, delta: $0.delta + 3, floor: $0.floor, ceiling: $0.ceiling) }
        },
        PlantedBug(StoreLaws.countersCanBeDeleted, "counters are not deleted") {
            forgettingCounterDeletes()
        },
        PlantedBug(StoreLaws.additionsCommute, "a counter that has changed since it was read is a conflict") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                for add in transaction.counterAdds {
                    let value = try await base.counter(add.key)
                    await Task.yield()
                    guard try await base.counter(add.key) == value else {
                        throw .notApplied(StoreFailure(.overloaded, "the counter has changed"))
                    }
                }
                return try await base.commit(transaction)
            }
            return store
        },
        PlantedBug(StoreLaws.additionsCommute, "a counter is read, and written later") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                var adds: [CounterAdd] = []
                for add in transaction.counterAdds {
                    let sum = try await base.counter(add.key) + add.delta
                    await Task.yield()
                    let delta = sum - (try await base.counter(add.key))
                    adds.append(CounterAdd(key: add.key, delta: delta, floor: nil, ceiling: nil))
                }
                let writes = adds
                return try await base.commit(transaction.changing { $0.adds = writes })
            }
            return store
        },
        PlantedBug(StoreLaws.countersGiveOutExactlyTheCeiling, "the ceiling is checked before the addition") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                for add in transaction.counterAdds {
                    let value = try await base.counter(add.key)
                    if let ceiling = add.ceiling, value + add.delta > ceiling {
                        throw .conflict(
                            .counterBound(add.key, bound: .ceiling(ceiling), value: value, delta: add.delta)
                        )
                    }
                }
                await Task.yield()
                return try await base.commit(
                    transaction.changing { parts in
                        parts.adds = parts.adds.map {
                            CounterAdd(key: $0.key, delta: $0.delta, floor: nil, ceiling: nil)
                        }
                    }
                )
            }
            return store
        },
    ]

    private static func changingAdds(_ change: @escaping @Sendable (CounterAdd) -> CounterAdd) -> AlteredStore {
        AlteredStore.rewriting { $0.changing { $0.adds = $0.adds.map(change) } }
    }
}

extension DocumentWrite {
    /// This write with changed facts.
    func changing(
        key: DocumentKey? = nil,
        body: [UInt8]? = nil,
        expected: ExpectedRevision? = nil,
        indexEntries: [IndexEntry]? = nil,
        uniqueKeys: [UniqueKey]? = nil
    ) -> DocumentWrite {
        DocumentWrite(
            key ?? self.key,
            body: body ?? self.body,
            expecting: expected ?? self.expected,
            indexEntries: indexEntries ?? self.indexEntries,
            uniqueKeys: uniqueKeys ?? self.uniqueKeys
        )
    }
}
