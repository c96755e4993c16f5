import MarketplaceCore
import MarketplaceStorage

/// What is stored of a SKU besides its counters.
struct StockItemDocument: Codable, Hashable, Sendable {
    var terms = SaleTerms.unrestricted
    /// Which limit purchases are counted towards; 0 while there is none.
    var limitGeneration: Int64 = 0
    var lastLimitGeneration: Int64 = 0
    /// Where it has levels, in ascending order.
    var locations: [LocationKey] = []

    /// The same SKU on other terms: a limit where there was none begins to count anew.
    func with(_ terms: SaleTerms) -> StockItemDocument {
        var copy = self
        copy.terms = terms
        if terms.perMemberLimit == nil {
            copy.limitGeneration = 0
        } else if limitGeneration == 0 {
            copy.lastLimitGeneration += 1
            copy.limitGeneration = copy.lastLimitGeneration
        }
        return copy
    }

    /// The same SKU with levels at these locations as well.
    func with(_ added: some Sequence<LocationKey>, of sku: SKU) throws(InventoryRefusal) -> StockItemDocument {
        let added = Set(added).subtracting(locations)
        guard !added.isEmpty else { return self }
        var copy = self
        copy.locations = Set(locations).union(added).sorted()
        guard copy.locations.count <= InventoryLimits.locationsPerSKU else {
            throw .tooManyLocations(sku, maximum: InventoryLimits.locationsPerSKU)
        }
        return copy
    }
}
