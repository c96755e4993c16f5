import MarketplaceCore
import MarketplaceStorage

extension StoreInventory: StoreService {
    package typealias Failure = InventoryError

    package var maximumAttempts: Int { configuration.maximumAttempts }

    /// What is stored of a SKU besides its counters, perhaps as of a while ago; nil when it is unknown.
    func item(of sku: SKU) async throws(InventoryError) -> StockItemCache.Entry? {
        if let entry = cache[sku] { return entry }
        guard let stored = try await read(StockKeySpace.item(sku), as: StockItemDocument.self) else { return nil }
        let entry = StockItemCache.Entry(revision: stored.revision, item: stored.value)
        cache.keep(entry, for: sku)
        return entry
    }
}
