import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit

@testable import MarketplaceStorage

/// The planted bugs, at least one for each law of ``Store``.
enum PlantedBugs {
    static let all =
        commits + guards + documents + counters + idempotence + inputs + streams + feed + queries + concurrency
        + interleavings

    static let commits: [PlantedBug<any Store>] = [
        PlantedBug(StoreLaws.commitIsAllOrNothing, "the appends of a refused transaction stay") {
            leakingAfterRefusal { parts in parts.appends = Array(parts.appends.prefix(1)) }
        },
        PlantedBug(StoreLaws.commitIsAllOrNothing, "the additions of a refused transaction stay") {
            leakingAfterRefusal { parts in parts.appends = [] }
        },
        PlantedBug(StoreLaws.commitAppliesEveryPart, "counter deletes are forgotten") {
            forgettingCounterDeletes()
        },
        PlantedBug(StoreLaws.commitAppliesEveryPart, "trims are forgotten") {
            AlteredStore.rewriting { $0.changing { $0.trims = [] } }
        },
        PlantedBug(StoreLaws.receiptIsParallel, "versions come in the order of their streams") {
            changingReceipts { receipt, transaction in
                let sorted = zip(transaction.appends, receipt.versions).sorted { $0.0.stream.key < $1.0.stream.key }
                return receipt.changing(versions: sorted.map(\.1))
            }
        },
        PlantedBug(StoreLaws.receiptIsParallel, "counters come in the order of their values") {
            changingReceipts { receipt, _ in receipt.changing(counters: receipt.counters.sorted(by: >)) }
        },
        PlantedBug(StoreLaws.receiptCoversItsEvents, "the position is that of the first event") {
            changingReceipts { receipt, transaction in
                let count = transaction.appends.reduce(0) { $0 + UInt64($1.events.count) }
                return receipt.changing(position: FeedPosition(minor: receipt.position.minor - count + 1))
            }
        },
        PlantedBug(StoreLaws.cancelledCommitIsNotApplied, "cancellation goes unnoticed") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                try await Task { () async -> Result<CommitReceipt, StoreError> in
                    do throws(StoreError) { return .success(try await base.commit(transaction)) } catch {
                        return .failure(error)
                    }
                }.value.get()
            }
            return store
        },
        PlantedBug(StoreLaws.cancelledCommitIsNotApplied, "cancellation is reported as an unknown outcome") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                if Task.isCancelled { throw .unknown(StoreFailure(.cancelled, "")) }
                return try await base.commit(transaction)
            }
            return store
        },
    ]

    static let guards: [PlantedBug<any Store>] = [
        PlantedBug(StoreLaws.expectedVersionsAreChecked, "expected versions are ignored") {
            AlteredStore.rewriting { transaction in
                transaction.changing { parts in
                    parts.appends = parts.appends.map {
                        StreamAppend(stream: $0.stream, expected: .any, events: $0.events)
                    }
                }
            }
        },
        PlantedBug(StoreLaws.guardedVersionsAreChecked, "guards on streams are ignored") {
            AlteredStore.rewriting { transaction in
                transaction.changing { $0.guards.removeAll { if case .stream = $0 { true } else { false } } }
            }
        },
        PlantedBug(StoreLaws.guardedRevisionsAreChecked, "guards on absent documents are ignored") {
            AlteredStore.rewriting { transaction in
                transaction.changing { $0.guards.removeAll { if case .document(_, nil) = $0 { true } else { false } } }
            }
        },
        PlantedBug(StoreLaws.fencesRememberTheHighest, "fences are ignored") {
            AlteredStore.rewriting { transaction in
                transaction.changing { $0.guards.removeAll { if case .fence = $0 { true } else { false } } }
            }
        },
        PlantedBug(StoreLaws.fencesRememberTheHighest, "tokens are compared as signed numbers") {
            AlteredStore.rewriting { transaction in
                transaction.changing { parts in
                    parts.guards = parts.guards.map { part in
                        guard case .fence(let key, let token) = part else { return part }
                        return .fence(key, FencingToken(token.value ^ 1 << 63))
                    }
                }
            }
        },
        PlantedBug(StoreLaws.fencesKeepTheHighestOfATransaction, "the last token of a transaction is remembered") {
            AlteredStore.rewriting { $0.changing { $0.guards = $0.guards.suffix(1) } }
        },
        PlantedBug(StoreLaws.fencesOutliveDeletion, "tokens begin again when a stream is trimmed away") {
            let epoch = Shared(0)
            return AlteredStore.rewriting { transaction in
                let isTrim = transaction.trims.contains { if case .whole = $0 { true } else { false } }
                let now = epoch.withLock { epoch in
                    if isTrim { epoch += 1 }
                    return epoch
                }
                return transaction.changing { parts in
                    parts.guards = parts.guards.map { part in
                        guard case .fence(let key, let token) = part else { return part }
                        return .fence(TextKey(unchecked: "\(key)#\(now)"), token)
                    }
                }
            }
        },
    ]

    /// A store that deletes no counter.
    static func forgettingCounterDeletes() -> AlteredStore {
        AlteredStore.rewriting { $0.changing { $0.counterDeletes = [] } }
    }

    /// A store that applies some parts of a transaction it refuses.
    private static func leakingAfterRefusal(
        _ change: @escaping @Sendable (inout Transaction.Parts) -> Void
    ) -> AlteredStore {
        var store = AlteredStore()
        store.onCommit = { (transaction, base) async throws(StoreError) in
            do throws(StoreError) { return try await base.commit(transaction) } catch {
                let leak = transaction.changing { parts in
                    (parts.guards, parts.writes, parts.deletes, parts.trims) = ([], [], [], [])
                    change(&parts)
                    parts.adds.removeAll { $0.key == "full" }
                }
                _ = try? await base.commit(leak)
                throw error
            }
        }
        return store
    }

    private static func changingReceipts(
        _ change: @escaping @Sendable (CommitReceipt, Transaction) -> CommitReceipt
    ) -> AlteredStore {
        var store = AlteredStore()
        store.onCommit = { (transaction, base) async throws(StoreError) in
            change(try await base.commit(transaction), transaction)
        }
        return store
    }
}

extension CommitReceipt {
    /// This receipt with changed facts.
    func changing(
        position: FeedPosition? = nil,
        versions: [StreamVersion]? = nil,
        revisions: [DocumentRevision]? = nil,
        counters: [Int64]? = nil
    ) -> CommitReceipt {
        CommitReceipt(
            transaction: transaction,
            position: position ?? self.position,
            versions: versions ?? self.versions,
            revisions: revisions ?? self.revisions,
            counters: counters ?? self.counters
        )
    }
}
