import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// The items that were read last.
///
/// Whoever relies on one guards its revision, so a stale one costs a second attempt.
final class StockItemCache: Sendable {
    struct Entry: Sendable {
        let revision: DocumentRevision
        let item: StockItemDocument
    }

    /// Enough for the SKUs of a sale; the cache begins anew when there are more.
    private static let capacity = 10_000

    private let entries = Mutex<[SKU: Entry]>([:])

    subscript(sku: SKU) -> Entry? {
        entries.withLock { $0[sku] }
    }

    func keep(_ entry: Entry, for sku: SKU) {
        entries.withLock { entries in
            if entries.count >= Self.capacity { entries.removeAll() }
            entries[sku] = entry
        }
    }

    func forget(_ skus: some Sequence<SKU>) {
        entries.withLock { entries in
            for sku in skus { entries[sku] = nil }
        }
    }
}
