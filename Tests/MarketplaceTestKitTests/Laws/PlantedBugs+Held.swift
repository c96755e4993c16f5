import MarketplaceCore
import MarketplaceInMemory
import MarketplaceTestKit

@testable import MarketplaceStorage

extension PlantedBugs {
    static let held: [PlantedBug<HeldStoreSite>] = [
        PlantedBug(HeldCommitLaws.interleavingsKeepTheFeed, "positions are given out at the first write") {
            // An event is shown at the commit, at the position it was given when it was written.
            let hidden = Shared<Set<TransactionID>>([])
            return heldSite { store, gate in
                store.onCommit = { (transaction, base) async throws(StoreError) in
                    hidden.withLock { _ = $0.insert(transaction.id) }
                    let receipt = try await base.commit(transaction)
                    await gate.pass()
                    hidden.withLock { _ = $0.remove(transaction.id) }
                    return receipt
                }
                store.onFeedRead = { (position, filter, limit, base) async throws(StoreError) in
                    let slice = try await base.events(after: position, matching: filter, limit: limit)
                    let hidden = hidden.withLock { $0 }
                    return FeedSlice(
                        events: slice.events.filter { !hidden.contains($0.transaction) },
                        position: slice.position,
                        isCaughtUp: slice.isCaughtUp
                    )
                }
            }
        },
        PlantedBug(HeldCommitLaws.interleavingsKeepTheFeed, "versions are given out at the first write") {
            // The feed is in the order of commits, but two writers of a stream do not wait for each other.
            let published = Shared<[RecordedEvent]>([])
            return heldSite { store, gate in
                store.onCommit = { (transaction, base) async throws(StoreError) in
                    let receipt = try await base.commit(transaction)
                    await gate.pass()
                    for append in transaction.appends {
                        let events = try await base.events(in: append.stream, from: .first, limit: 10_000)
                        published.withLock { published in
                            for event in events where event.transaction == transaction.id {
                                published.append(event.moved(to: published.count + 1))
                            }
                        }
                    }
                    return receipt.changing(position: FeedPosition(minor: UInt64(published.withLock { $0.count })))
                }
                store.onFeedRead = { (position, _, limit, _) async throws(StoreError) in
                    let rest = published.withLock { $0 }.dropFirst(Int(position.minor))
                    let events = Array(rest.prefix(limit))
                    return FeedSlice(
                        events: events,
                        position: events.last?.position ?? position,
                        isCaughtUp: events.count == rest.count
                    )
                }
            }
        },
        PlantedBug(HeldCommitLaws.heldCommitsAreNotSeen, "writes are seen before the commit") {
            heldSite { store, gate in
                store.onCommit = { (transaction, base) async throws(StoreError) in
                    let receipt = try await base.commit(transaction)
                    await gate.pass()
                    return receipt
                }
            }
        },
        PlantedBug(HeldCommitLaws.heldCommitsAreNotSeen, "reads wait for writers") {
            heldSite { store, gate in
                store.onCounterRead = { (keys, base) async throws(StoreError) in
                    await gate.pass()
                    return try await base.counters(keys)
                }
            }
        },
    ]

    /// A store whose commits pass a gate before they take effect, all at once.
    static func heldSite(
        patience: Duration = PlantedBugs.patience,
        _ change: (inout AlteredStore, StoreGate) -> Void = { _, _ in }
    ) -> HeldStoreSite {
        let gate = StoreGate()
        var store = AlteredStore()
        store.onCommit = { (transaction, base) async throws(StoreError) in
            await gate.pass()
            return try await base.commit(transaction)
        }
        change(&store, gate)
        return HeldStoreSite(store, gate: gate, patience: patience)
    }
}

extension RecordedEvent {
    /// This event at another position.
    func moved(to minor: Int) -> RecordedEvent {
        RecordedEvent(
            stream: stream,
            version: version,
            position: FeedPosition(minor: UInt64(minor)),
            time: time,
            transaction: transaction,
            draft: draft
        )
    }
}
