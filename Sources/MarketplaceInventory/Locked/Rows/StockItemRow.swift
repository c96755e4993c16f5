public import MarketplaceCore

/// What is known of a SKU besides its levels.
public struct StockItemRow: Hashable, Sendable, Codable {
    /// The SKU.
    public let sku: SKU
    /// What it is sold on.
    public let terms: SaleTerms
    /// Which limit the purchases of members are counted towards; 0 while there is none.
    public let limitGeneration: Int64
    /// The highest ``limitGeneration`` there ever was.
    public let lastLimitGeneration: Int64
    /// Where it has levels, in ascending order.
    public let locations: [LocationKey]

    /// Makes a row; for tables that keep it in columns.
    public init(
        sku: SKU,
        terms: SaleTerms,
        limitGeneration: Int64,
        lastLimitGeneration: Int64,
        locations: [LocationKey]
    ) {
        self.sku = sku
        self.terms = terms
        self.limitGeneration = limitGeneration
        self.lastLimitGeneration = lastLimitGeneration
        self.locations = locations
    }
}

extension StockItemRow {
    init(sku: SKU, _ item: StockItemDocument) {
        self.init(
            sku: sku,
            terms: item.terms,
            limitGeneration: item.limitGeneration,
            lastLimitGeneration: item.lastLimitGeneration,
            locations: item.locations
        )
    }

    var item: StockItemDocument {
        StockItemDocument(
            terms: terms,
            limitGeneration: limitGeneration,
            lastLimitGeneration: lastLimitGeneration,
            locations: locations
        )
    }
}
