import MarketplaceCore
import MarketplaceInMemory
import MarketplaceTestKit

@testable import MarketplaceStorage

extension PlantedBugs {
    static let durable: [PlantedBug<DurableStoreSite>] = [
        PlantedBug(DurableStoreLaws.contentOutlivesProcesses, "what was acknowledged last had not been written yet") {
            let kept = InMemoryStore()
            let late = Shared<[Transaction]>([])
            return DurableStoreSite {
                // The next process does not have what the last one had in memory only.
                late.withLock { $0 = [] }
                let shown = InMemoryStore()
                return WrappedStore(base: shown) { (transaction, _) async throws(StoreError) in
                    let ready = late.withLock { late in
                        defer { late = [transaction] }
                        return late
                    }
                    for earlier in ready { _ = try await kept.commit(earlier) }
                    return try await shown.commit(transaction)
                }
            }
        },
        PlantedBug(DurableStoreLaws.numbersGoOn, "positions begin again with every process") {
            let base = InMemoryStore()
            let epoch = Shared<UInt64>(0)
            return DurableStoreSite {
                let head = try await base.events(after: .start, matching: .all, limit: StoreLimits.pageSize).position
                epoch.withLock { $0 = head.minor }
                return renumbered(base) { $0 - min($0, epoch.withLock { $0 }) }
            }
        },
        PlantedBug(DurableStoreLaws.numbersGoOn, "tokens are kept in memory") {
            let base = InMemoryStore()
            let process = Shared(0)
            return DurableStoreSite {
                let number = process.withLock { process in
                    process += 1
                    return process
                }
                return WrappedStore(base: base) { (transaction, base) async throws(StoreError) in
                    try await base.commit(
                        transaction.changing { parts in
                            parts.guards = parts.guards.map { part in
                                guard case .fence(let key, let token) = part else { return part }
                                return .fence(TextKey(unchecked: "\(key)#\(number)"), token)
                            }
                        }
                    )
                }
            }
        },
        PlantedBug(DurableStoreLaws.receiptsOutliveProcesses, "receipts are kept in memory") {
            let base = InMemoryStore()
            let process = Shared<UInt64>(0)
            return DurableStoreSite {
                let number = process.withLock { process in
                    process += 1
                    return process
                }
                return WrappedStore(base: base) { (transaction, base) async throws(StoreError) in
                    let id = TransactionID(derivedFrom: "\(transaction.id) \(number)")
                    let receipt = try await base.commit(transaction.changing(id: id))
                    return CommitReceipt(
                        transaction: transaction.id,
                        position: receipt.position,
                        versions: receipt.versions,
                        revisions: receipt.revisions,
                        counters: receipt.counters
                    )
                }
            }
        },
    ]

    /// A store whose positions are other numbers.
    private static func renumbered(
        _ base: InMemoryStore,
        _ number: @escaping @Sendable (UInt64) -> UInt64
    ) -> any Store {
        var store = AlteredStore()
        store.onCommit = { (transaction, _) async throws(StoreError) in
            let receipt = try await base.commit(transaction)
            return receipt.changing(position: FeedPosition(minor: number(receipt.position.minor)))
        }
        store.onFeedRead = { (position, filter, limit, _) async throws(StoreError) in
            let slice = try await base.events(after: .start, matching: filter, limit: StoreLimits.pageSize)
            let events = slice.events.map { $0.moved(to: Int(number($0.position.minor))) }
            return FeedSlice(
                events: Array(events.filter { $0.position > position }.prefix(limit)),
                position: max(position, FeedPosition(minor: number(slice.position.minor))),
                isCaughtUp: true
            )
        }
        return store
    }
}
