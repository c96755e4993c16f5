import MarketplaceCore
import MarketplaceTestKit

@testable import MarketplaceStorage

extension PlantedBugs {
    static let concurrency: [PlantedBug<any Store>] = [
        PlantedBug(StoreLaws.outcomesAreEachItsOwn, "an invalid transaction spoils the next one of its batch") {
            let spoilt = Shared<StoreError?>(nil)
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                let error = spoilt.withLock { spoilt in
                    defer { spoilt = nil }
                    return spoilt
                }
                if let error { throw error }
                do throws(StoreError) { return try await base.commit(transaction) } catch {
                    if case .invalid = error { spoilt.withLock { $0 = error } }
                    throw error
                }
            }
            return store
        },
        PlantedBug(StoreLaws.outcomesAreEachItsOwn, "everyone of a batch is told that it was applied") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                do throws(StoreError) { return try await base.commit(transaction) } catch {
                    guard case .conflict = error else { throw error }
                    return try await base.commit(Transaction(id: transaction.id, time: transaction.time))
                }
            }
            return store
        },
        PlantedBug(StoreLaws.oppositeOrdersSucceed, "locks are taken in the order of the transaction") {
            let underWay = Shared<[Bool: Int]>([:])
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                let isForward = transaction.appends.first?.stream.key == "a"
                underWay.withLock { $0[isForward, default: 0] += 1 }
                await pause()
                let isDeadlock = underWay.withLock { underWay in
                    underWay[isForward, default: 0] -= 1
                    return underWay[!isForward, default: 0] > 0
                }
                if isDeadlock { throw .notApplied(StoreFailure(.overloaded, "deadlock")) }
                return try await base.commit(transaction)
            }
            return store
        },
        PlantedBug(StoreLaws.cancelledCommitsAreHonest, "who is cancelled is told that nothing happened") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                let result = await Task { () async -> Result<CommitReceipt, StoreError> in
                    do throws(StoreError) { return .success(try await base.commit(transaction)) } catch {
                        return .failure(error)
                    }
                }.value
                await pause()
                if Task.isCancelled { throw .notApplied(StoreFailure(.cancelled, "")) }
                return try result.get()
            }
            return store
        },
        PlantedBug(StoreLaws.cancelledCommitsAreHonest, "a cancelled caller takes the next one of the batch along") {
            let isSpoilt = Shared(false)
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                await pause()
                let mustFail = isSpoilt.withLock { isSpoilt in
                    defer { isSpoilt = Task.isCancelled }
                    return isSpoilt
                }
                if mustFail { throw .notApplied(StoreFailure(.cancelled, "the batch was given up")) }
                return try await base.commit(transaction)
            }
            return store
        },
        PlantedBug(StoreLaws.transactionsAreSeenWhole, "parts are applied one after the other") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                if transaction.writes.count > 1 {
                    let first = transaction.changing(id: TransactionID(derivedFrom: "\(transaction.id)")) { parts in
                        parts.writes = Array(parts.writes.prefix(1))
                        parts.adds = []
                    }
                    _ = try await base.commit(first)
                    await pause()
                }
                return try await base.commit(transaction)
            }
            return store
        },
        PlantedBug(StoreLaws.transactionsAreSeenWhole, "reads go to a copy that lags behind") {
            let copy = Shared<[DocumentKey: StoredDocument]>([:])
            var store = AlteredStore()
            store.onLookup = { (key, base) async throws(StoreError) in
                let current = try await base.document(key)
                return copy.withLock { copy in
                    defer { copy[key] = current }
                    return copy[key] ?? current
                }
            }
            return store
        },
        PlantedBug(StoreLaws.guardsHoldToTheEnd, "guards are checked before the commit") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                let probe = transaction.changing(id: TransactionID(derivedFrom: "\(transaction.id)")) { parts in
                    (parts.writes, parts.appends) = ([], [])
                }
                _ = try await base.commit(probe)
                await pause()
                return try await base.commit(transaction.changing { $0.guards = [] })
            }
            return store
        },
        PlantedBug(StoreLaws.uniqueKeysMoveInOneTransaction, "documents are written one after the other") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                if transaction.writes.count > 1 {
                    let first = TransactionID(derivedFrom: "\(transaction.id)")
                    _ = try await base.commit(transaction.changing(id: first) { $0.writes = [transaction.writes[0]] })
                }
                return try await base.commit(transaction)
            }
            return store
        },
        PlantedBug(StoreLaws.uniqueKeysAreTakenOnceAtOnce, "unique keys are looked for before the commit") {
            let holders = Shared<[UniqueKey: DocumentKey]>([:])
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                let taken = holders.withLock { $0 }
                for write in transaction.writes {
                    for key in write.uniqueKeys {
                        if let holder = taken[key] { throw .conflict(.uniqueKey(key, holder: holder)) }
                    }
                }
                await pause()
                let receipt = try await base.commit(
                    transaction.changing { parts in parts.writes = parts.writes.map { $0.changing(uniqueKeys: []) } }
                )
                holders.withLock { holders in
                    for write in transaction.writes { for key in write.uniqueKeys { holders[key] = write.key } }
                }
                return receipt
            }
            return store
        },
        PlantedBug(StoreLaws.documentsAreWrittenOnceAtOnce, "revisions are looked at before the commit") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                for write in transaction.writes {
                    let actual = try await base.document(write.key)?.revision
                    guard write.expected.isMet(by: actual) else {
                        throw .conflict(
                            .documentRevision(write.key, expected: write.expected.revision, actual: actual)
                        )
                    }
                }
                await pause()
                return try await base.commit(
                    transaction.changing { parts in parts.writes = parts.writes.map { $0.changing(expected: .any) } }
                )
            }
            return store
        },
        PlantedBug(StoreLaws.reusedIDsAtOnceAreRefused, "an id is looked for before the commit") {
            let identifiers = SeededIdentifiers(seed: 99)
            let digests = Shared<[TransactionID: ContentDigest.Value]>([:])
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                if let digest = digests.withLock({ $0[transaction.id] }), digest != transaction.contentDigest {
                    throw .conflict(.transactionReused(transaction.id))
                }
                await pause()
                let receipt = try await base.commit(transaction.changing(id: identifiers.next()))
                digests.withLock { $0[transaction.id] = transaction.contentDigest }
                return receipt
            }
            return store
        },
        PlantedBug(StoreLaws.countersStayWithinBoundsAtOnce, "bounds are checked before the addition") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                let key = TransactionID(derivedFrom: "\(transaction.id)")
                for add in transaction.counterAdds {
                    let value = try await base.counter(add.key)
                    do throws(StoreConflict) { _ = try add.applied(to: value) } catch { throw .conflict(error) }
                }
                await pause()
                return try await base.commit(
                    transaction.changing(id: key) { parts in
                        parts.adds = parts.adds.map {
                            CounterAdd(key: $0.key, delta: $0.delta, floor: nil, ceiling: nil)
                        }
                    }
                )
            }
            return store
        },
        PlantedBug(StoreLaws.countersStayWithinBoundsAtOnce, "a refusal tells a value that allows the move") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                do throws(StoreError) { return try await base.commit(transaction) } catch {
                    guard case .conflict(.counterBound(let key, let bound, _, let delta)) = error else { throw error }
                    throw .conflict(.counterBound(key, bound: bound, value: delta < 0 ? 3 : 0, delta: delta))
                }
            }
            return store
        },
    ]

    /// Lets others run.
    private static func pause() async {
        for _ in 0..<5 { await Task.yield() }
    }
}
