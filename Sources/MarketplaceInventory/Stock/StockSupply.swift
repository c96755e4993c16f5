import MarketplaceCore

/// How the units of one line are met: so many from what is there, so many from what will come.
struct StockSupply: Hashable, Sendable {
    let fromStock: Int64
    let backordered: Int64
}

extension SaleTerms {
    /// How `units` of a point are met, when so many are promised to nobody and so many are backordered there.
    func supply(
        of units: Int64,
        at point: StockPoint,
        unpromised: Int64,
        backordered: Int64,
        allowsBackorder: Bool
    ) throws(InventoryRefusal) -> StockSupply {
        let available = max(0, unpromised - safetyStock[point.location])
        if units <= available { return StockSupply(fromStock: units, backordered: 0) }
        guard allowsBackorder, let backorders else {
            throw .insufficientStock(point.sku, requested: units, available: available)
        }
        let room = max(0, backorders.limit.units - backordered)
        guard units - available <= room else {
            throw .insufficientStock(point.sku, requested: units, available: available + room)
        }
        return StockSupply(fromStock: available, backordered: units - available)
    }
}
