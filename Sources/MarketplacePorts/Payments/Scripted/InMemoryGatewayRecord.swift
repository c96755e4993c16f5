import Synchronization

/// A record that lives as long as its process.
public final class InMemoryGatewayRecord: GatewayRecord {
    private let kept = Mutex<[GatewayRecordEntry]>([])

    /// An empty record.
    public init() {}

    /// Appends an entry.
    public func append(_ entry: GatewayRecordEntry) {
        kept.withLock { $0.append(entry) }
    }

    /// All entries, in the order in which they were appended.
    public func entries() -> [GatewayRecordEntry] {
        kept.withLock { $0 }
    }
}
