public import MarketplaceCore

extension InventoryStore {
    /// The stock of one SKU; nil when it is unknown.
    public func stock(of sku: SKU) async throws(InventoryError) -> SKUStock? {
        try await stock(of: [sku])[sku]
    }
}
