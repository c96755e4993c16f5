import MarketplaceCore
import MarketplaceTestKit

@testable import MarketplaceStorage

extension PlantedBugs {
    static let idempotence: [PlantedBug<any Store>] = [
        PlantedBug(StoreLaws.repetitionReturnsTheFirstReceipt, "a repetition is a conflict") {
            let identifiers = SeededIdentifiers(seed: 99)
            return AlteredStore.rewriting { $0.changing(id: identifiers.next()) }
        },
        PlantedBug(StoreLaws.repetitionIsRecognisedLater, "a repetition gets the position of now") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                let receipt = try await base.commit(transaction)
                let slice = try await base.events(after: .start, matching: .all, limit: StoreLimits.pageSize)
                return receipt.changing(position: slice.position)
            }
            return store
        },
        PlantedBug(StoreLaws.repetitionIsRecognisedLater, "only the last ten transactions are remembered") {
            let identifiers = SeededIdentifiers(seed: 99)
            let known = Shared<[TransactionID]>([])
            return AlteredStore.rewriting { transaction in
                let isForgotten = known.withLock { known in
                    defer { known.append(transaction.id) }
                    return known.contains(transaction.id) && !known.suffix(10).contains(transaction.id)
                }
                return isForgotten ? transaction.changing(id: identifiers.next()) : transaction
            }
        },
        PlantedBug(StoreLaws.repetitionMakesNothingAnew, "an id is looked up only when the state refuses") {
            let identifiers = SeededIdentifiers(seed: 99)
            let receipts = Shared<[TransactionID: CommitReceipt]>([:])
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                do throws(StoreError) {
                    let receipt = try await base.commit(transaction.changing(id: identifiers.next()))
                    return receipts.withLock { receipts in
                        receipts[transaction.id] = receipts[transaction.id] ?? receipt
                        return receipts[transaction.id] ?? receipt
                    }
                } catch {
                    guard let first = receipts.withLock({ $0[transaction.id] }) else { throw error }
                    return first
                }
            }
            return store
        },
        PlantedBug(StoreLaws.unrememberedAppliesOnce, "what is not remembered is not checked either") {
            let identifiers = SeededIdentifiers(seed: 99)
            return AlteredStore.rewriting { transaction in
                guard !transaction.isRemembered else { return transaction }
                return transaction.changing(id: identifiers.next()) { parts in
                    parts.appends = parts.appends.map {
                        StreamAppend(stream: $0.stream, expected: .any, events: $0.events)
                    }
                }
            }
        },
        PlantedBug(StoreLaws.repetitionsAtOnceApplyOnce, "a repetition is looked for before the commit") {
            let identifiers = SeededIdentifiers(seed: 99)
            let receipts = Shared<[TransactionID: CommitReceipt]>([:])
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                if let receipt = receipts.withLock({ $0[transaction.id] }) { return receipt }
                await Task.yield()
                let receipt = try await base.commit(transaction.changing(id: identifiers.next()))
                receipts.withLock { $0[transaction.id] = receipt }
                return receipt
            }
            return store
        },
        PlantedBug(StoreLaws.reusedIDsAreRefused, "the content of a repetition is not looked at") {
            let receipts = Shared<[TransactionID: CommitReceipt]>([:])
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                if let receipt = receipts.withLock({ $0[transaction.id] }) { return receipt }
                let receipt = try await base.commit(transaction)
                receipts.withLock { $0[transaction.id] = receipt }
                return receipt
            }
            return store
        },
        PlantedBug(StoreLaws.reusedIDsAreRefused, "unique keys are left out of the comparison") {
            let first = Shared<[TransactionID: Transaction]>([:])
            return AlteredStore.rewriting { transaction in
                func bare(_ transaction: Transaction) -> Transaction {
                    transaction.changing { $0.writes = $0.writes.map { $0.changing(uniqueKeys: []) } }
                }
                let known = first.withLock { first in
                    first[transaction.id] = first[transaction.id] ?? transaction
                    return first[transaction.id] ?? transaction
                }
                return bare(known) == bare(transaction) ? known : transaction
            }
        },
        PlantedBug(StoreLaws.refusedIDsAreFree, "refused ids are remembered") {
            let refusals = Shared<[TransactionID: StoreError]>([:])
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                if let refusal = refusals.withLock({ $0[transaction.id] }) { throw refusal }
                do throws(StoreError) { return try await base.commit(transaction) } catch {
                    refusals.withLock { $0[transaction.id] = error }
                    throw error
                }
            }
            return store
        },
    ]

    static let inputs: [PlantedBug<any Store>] = [
        PlantedBug(StoreLaws.limitsAreKept, "what exceeds a limit is cut off") {
            afterInvalid { (transaction, _, base) async throws(StoreError) in
                try await base.commit(transaction.changing { ($0.appends, $0.writes) = ([], []) })
            }
        },
        PlantedBug(StoreLaws.limitsAreKept, "the limits are checked after the counters") {
            afterInvalid { (transaction, error, base) async throws(StoreError) in
                _ = try await base.commit(transaction.changing { ($0.appends, $0.writes) = ([], []) })
                throw error
            }
        },
        PlantedBug(StoreLaws.contradictionsAreRefused, "the first of two parts wins") {
            afterInvalid { (transaction, _, base) async throws(StoreError) in
                try await base.commit(
                    transaction.changing { parts in
                        parts.appends = Array(parts.appends.prefix(1))
                        parts.writes = Array(parts.writes.prefix(1))
                        parts.adds = Array(parts.adds.prefix(1))
                        (parts.trims, parts.deletes, parts.counterDeletes) = ([], [], [])
                    }
                )
            }
        },
        PlantedBug(StoreLaws.pageLimitsAreChecked, "limits are clamped") {
            var store = AlteredStore()
            store.onStreamRead = { (stream, version, limit, base) async throws(StoreError) in
                try await base.events(in: stream, from: version, limit: min(max(1, limit), StoreLimits.pageSize))
            }
            return store
        },
        PlantedBug(StoreLaws.largestInputsWork, "keys have at most 255 bytes") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                for append in transaction.appends where append.stream.key.text.utf8.count > 255 {
                    throw .notApplied(StoreFailure(.unavailable, "the key does not fit its column"))
                }
                return try await base.commit(transaction)
            }
            return store
        },
        PlantedBug(StoreLaws.keysAreBytes, "keys of counters are compared by canonical equivalence") {
            let fold = { @Sendable (key: CounterKey) in key.text == "\u{e9}" ? "\u{e9}" : key }
            var store = AlteredStore.rewriting { transaction in
                transaction.changing { parts in
                    parts.adds = parts.adds.map {
                        CounterAdd(key: fold($0.key), delta: $0.delta, floor: $0.floor, ceiling: $0.ceiling)
                    }
                }
            }
            store.onCounterRead = { (keys, base) async throws(StoreError) in
                let values = try await base.counters(keys.map(fold))
                return Dictionary(keys.map { ($0, values[fold($0)] ?? 0) }) { first, _ in first }
            }
            return store
        },
        PlantedBug(StoreLaws.keysAreBytes, "blanks at the end of a document's id do not count") {
            AlteredStore.rewriting { transaction in
                transaction.changing { parts in
                    parts.writes = parts.writes.map { write in
                        guard write.key.id.text.hasSuffix(" ") else { return write }
                        let id = TextKey<DocumentSubject>(unchecked: String(write.key.id.text.dropLast()))
                        return write.changing(key: DocumentKey(write.key.collection, id))
                    }
                }
            }
        },
        PlantedBug(StoreLaws.largestInputsWork, "an index finds texts by their first 255 bytes") {
            AlteredStore.rewriting { transaction in
                transaction.changing { parts in
                    parts.writes = parts.writes.map { write in
                        write.changing(
                            indexEntries: write.indexEntries.map { entry in
                                IndexEntry(entry.index, values: entry.values.map { $0.cut(to: 255) })
                            }
                        )
                    }
                }
            }
        },
        PlantedBug(StoreLaws.keysAreOrderedBytewise, "ids are ordered as Swift orders texts") {
            var store = AlteredStore()
            store.onQuery = { (query, base) async throws(StoreError) in
                let slice = try await base.documents(matching: query)
                return DocumentSlice(
                    documents: slice.documents.sorted { $0.key.id.text < $1.key.id.text },
                    next: slice.next
                )
            }
            return store
        },
    ]

    private static func afterInvalid(
        _ repair: @escaping @Sendable (Transaction, StoreError, any Store) async throws(StoreError) -> CommitReceipt
    ) -> AlteredStore {
        var store = AlteredStore()
        store.onCommit = { (transaction, base) async throws(StoreError) in
            do throws(StoreError) { return try await base.commit(transaction) } catch {
                guard case .invalid = error else { throw error }
                return try await repair(transaction, error, base)
            }
        }
        return store
    }
}

extension IndexValue {
    /// This value, a text cut to so many bytes.
    fileprivate func cut(to count: Int) -> IndexValue {
        guard case .text(let text) = self else { return self }
        return .text(String(decoding: text.utf8.prefix(count), as: UTF8.self))
    }
}
