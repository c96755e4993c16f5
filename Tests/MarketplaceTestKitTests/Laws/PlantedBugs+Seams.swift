import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit

extension PlantedBugs {
    static let namespaces: [PlantedBug<NamespacePair>] = [
        PlantedBug(NamespaceLaws.contentIsApart, "the namespace does not count") {
            let store = InMemoryStore()
            return NamespacePair(store, store)
        },
        PlantedBug(NamespaceLaws.contentIsApart, "the namespace of counters does not count") {
            let (first, second) = (AlteredStore(), InMemoryStore())
            var mixed = AlteredStore()
            mixed.onCommit = { (transaction, _) async throws(StoreError) in try await second.commit(transaction) }
            mixed.onStreamRead = { (stream, version, limit, _) async throws(StoreError) in
                try await second.events(in: stream, from: version, limit: limit)
            }
            mixed.onFeedRead = { (position, filter, limit, _) async throws(StoreError) in
                try await second.events(after: position, matching: filter, limit: limit)
            }
            mixed.onLookup = { (key, _) async throws(StoreError) in try await second.document(key) }
            mixed.onCounterRead = { (keys, _) async throws(StoreError) in try await first.counters(keys) }
            return NamespacePair(first, mixed)
        },
        PlantedBug(NamespaceLaws.conditionsAreApart, "transaction ids are shared") {
            let store = InMemoryStore()
            return NamespacePair(store, store)
        },
        PlantedBug(NamespaceLaws.queriesAreApart, "queries see every namespace") {
            let store = InMemoryStore()
            return NamespacePair(store, store)
        },
    ]

    /// Long enough for a woken waiter on a busy machine, since nothing but a lost wake-up lasts longer.
    static let patience = Duration.milliseconds(100)

    /// By the name of the law each breaks, for these laws are made with a patience.
    static let signals: [(law: String, make: @Sendable () -> any Store & ChangeSignal)] = [
        ("signal.wakes", { waiting { (_, limit, _) async in try? await Task.sleep(for: limit) } }),
        (
            "signal.already-changed",
            {
                // It looks for what is to come only.
                waiting { (_, limit, base) async in
                    await base.waitForChange(after: FeedPosition(minor: .max), atMost: limit)
                }
            }
        ),
        (
            "signal.times-out",
            {
                waiting { (position, _, base) async in
                    await base.waitForChange(after: position, atMost: .seconds(3_600))
                }
            }
        ),
        (
            "signal.cancelled",
            {
                waiting { (position, limit, base) async in
                    await Task { await base.waitForChange(after: position, atMost: limit) }.value
                }
            }
        ),
    ]

    private static func waiting(_ wait: @escaping AlteredStore.Wait) -> AlteredStore {
        var store = AlteredStore()
        store.onWait = wait
        return store
    }
}
