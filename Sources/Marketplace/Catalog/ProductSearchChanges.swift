import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory
import MarketplaceStorage

/// What a batch of events changes of the records.
struct ProductSearchChanges {
    var products: Set<ProductID> = []
    private(set) var movedCategories: Set<CategoryID> = []
    private(set) var orders: Set<OrderID> = []
    /// By how many units what is on hand and promised to nobody has changed.
    private(set) var availableBySKU: [SKU: Int64] = [:]
    private(set) var soldByProduct: [ProductID: Int64] = [:]

    /// Takes in one event.
    mutating func add(_ event: RecordedEvent, codec: any PayloadCodec) throws {
        switch event.name {
        case StockMoved.eventName:
            let moved = try codec.decode(StockMoved.self, from: event.payload)
            // No product has a longer one, and the key of its counter could be too long for a store.
            guard moved.sku.text.utf8.count <= Product.maximumSKULength else { return }
            Self.add(moved.deltas.unpromised, of: moved.sku, to: &availableBySKU)
        case CategoryMoved.eventName:
            movedCategories.insert(try codec.decode(CategoryMoved.self, from: event.payload).categoryID)
        case ReviewPublished.eventName:
            products.insert(try codec.decode(ReviewPublished.self, from: event.payload).productID)
        case ReviewEdited.eventName:
            products.insert(try codec.decode(ReviewEdited.self, from: event.payload).productID)
        case ReviewStatusChanged.eventName:
            products.insert(try codec.decode(ReviewStatusChanged.self, from: event.payload).productID)
        default:
            switch event.stream.category.text {
            case Product.category: products.insert(try ProductID(parsing: event.stream.key.text))
            case Order.category: orders.insert(try OrderID(parsing: event.stream.key.text))
            default: break
            }
        }
    }

    /// Takes in that an order has so many units of a product more than it was counted with.
    mutating func addSold(_ units: Int64, of product: ProductID) {
        Self.add(units, of: product, to: &soldByProduct)
        products.insert(product)
    }

    private static func add<Key: Hashable>(_ units: Int64, of key: Key, to sums: inout [Key: Int64]) {
        sums[key] = Int64(clamping: Int128(sums[key] ?? 0) + Int128(units))
    }
}
