import MarketplaceCore

/// The items that a request is about, each with how many units of it are wanted, by ascending SKU.
///
/// Nearly always one, which a dictionary would be made and hashed for.
struct RequestedItems {
    private(set) var elements: [(sku: SKU, units: Int64, entry: StockItemCache.Entry)] = []

    /// Adds an item whose SKU comes behind all others.
    mutating func append(_ entry: StockItemCache.Entry, of sku: SKU, units: Int64) {
        elements.append((sku, units, entry))
    }

    subscript(sku: SKU) -> StockItemCache.Entry? { element(sku)?.entry }

    /// How many units of a SKU are wanted, wherever they are.
    func units(of sku: SKU) -> Int64 { element(sku)?.units ?? 0 }

    private func element(_ sku: SKU) -> (sku: SKU, units: Int64, entry: StockItemCache.Entry)? {
        var range = elements.indices
        while let first = range.first {
            let middle = first + range.count / 2
            if elements[middle].sku == sku { return elements[middle] }
            range = elements[middle].sku < sku ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}
