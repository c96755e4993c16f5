import MarketplaceStorage

/// What must be left promised to nobody at a point, as the terms of its SKU say in one revision.
struct StockFloor: Hashable, Sendable {
    let units: Int64
    let point: StockPoint
    let revision: DocumentRevision
}
