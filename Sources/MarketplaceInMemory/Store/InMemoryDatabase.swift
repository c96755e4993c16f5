public import MarketplaceCore
public import MarketplaceStorage
import Synchronization

/// A set of in-memory stores, one a namespace, as a server with many tenants has them in one database.
public final class InMemoryDatabase: Sendable {
    /// The subject of the names of namespaces.
    public enum NamespaceSubject {}

    private let stores = Mutex<[TextKey<NamespaceSubject>: InMemoryStore]>([:])
    private let wallClock: any WallClock
    private let clock: any Clock<Duration>
    private let receiptRetention: Duration

    /// An empty database; the arguments are those of every store in it.
    public init(
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = .continuous,
        receiptRetention: Duration = InMemoryStore.defaultReceiptRetention
    ) {
        self.wallClock = wallClock
        self.clock = clock
        self.receiptRetention = receiptRetention
    }

    /// The store of a namespace: the same one whenever the same name is asked for.
    public func store(namespace: TextKey<NamespaceSubject>) -> InMemoryStore {
        stores.withLock { stores in
            if let store = stores[namespace] { return store }
            let store = InMemoryStore(wallClock: wallClock, clock: clock, receiptRetention: receiptRetention)
            stores[namespace] = store
            return store
        }
    }
}
