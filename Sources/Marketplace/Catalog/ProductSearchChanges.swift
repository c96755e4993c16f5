import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory
import MarketplaceStorage

/// What a batch of events changes of the records.
struct ProductSearchChanges {
    var products: Set<ProductID> = []
    var movedCategories: Set<CategoryID> = []
    /// By how many units what is on hand and promised to nobody has changed.
    private(set) var availableBySKU: [SKU: Int64] = [:]
    private(set) var soldByProduct: [ProductID: Int64] = [:]

    /// Takes in one event.
    mutating func add(_ event: RecordedEvent, from records: ProductSearchRecords) async throws {
        let codec = records.codec
        switch event.name {
        case StockMoved.eventName:
            let moved = try codec.decode(StockMoved.self, from: event.payload)
            Self.add(moved.deltas.unpromised, of: moved.sku, to: &availableBySKU)
        case OrderStatusChanged.eventName:
            let change = try codec.decode(OrderStatusChanged.self, from: event.payload)
            if change.to == .confirmed { try await addSales(of: change.orderID, times: 1, from: records) }
        case OrderCanceled.eventName:
            let canceled = try codec.decode(OrderCanceled.self, from: event.payload)
            // What was called off before it was confirmed was never counted.
            if canceled.from != .pending { try await addSales(of: canceled.orderID, times: -1, from: records) }
        case CategoryMoved.eventName:
            movedCategories.insert(try codec.decode(CategoryMoved.self, from: event.payload).categoryID)
        case ReviewPublished.eventName:
            products.insert(try codec.decode(ReviewPublished.self, from: event.payload).productID)
        case ReviewEdited.eventName:
            products.insert(try codec.decode(ReviewEdited.self, from: event.payload).productID)
        case ReviewStatusChanged.eventName:
            products.insert(try codec.decode(ReviewStatusChanged.self, from: event.payload).productID)
        default:
            guard event.stream.category.text == Product.category else { return }
            products.insert(try ProductID(parsing: event.stream.key.text))
        }
    }

    private mutating func addSales(
        of order: OrderID,
        times factor: Int64,
        from records: ProductSearchRecords
    ) async throws {
        for line in try await records.orders.loadForProjection(order).root.placed?.lines ?? [] {
            guard let product = line.productID else { continue }
            Self.add(Int64(line.quantity.value) * factor, of: product, to: &soldByProduct)
            products.insert(product)
        }
    }

    private static func add<Key: Hashable>(_ units: Int64, of key: Key, to sums: inout [Key: Int64]) {
        sums[key] = Int64(clamping: Int128(sums[key] ?? 0) + Int128(units))
    }
}
