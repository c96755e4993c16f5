import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// The names under which the catalogue keeps its things.
enum CatalogKeySpace {
    static let products: DocumentCollection = "catalog-products"
    static let skus: DocumentCollection = "catalog-skus"
    static let categories: DocumentCollection = "catalog-categories"
    static let records: DocumentCollection = "catalog-search-records"
    static let soldUnits: DocumentCollection = "catalog-sold-units"
    static let pendingRecords: DocumentCollection = "catalog-search-pending"
    static let pendingCategories: DocumentCollection = "catalog-search-moves"

    static func product(_ id: ProductID) -> DocumentKey { DocumentKey(products, id) }

    /// The key of the document is what makes the SKU unique.
    static func sku(_ sku: SKU) -> DocumentKey { DocumentKey(skus, sku.retyped()) }

    static func category(_ id: CategoryID) -> DocumentKey { DocumentKey(categories, id) }

    static func record(_ id: ProductID, _ generation: Int64) -> DocumentKey {
        DocumentKey(records, TextKey(unchecked: "\(generation)/\(id)"))
    }

    static func pendingRecord(_ id: ProductID, _ generation: Int64) -> DocumentKey {
        DocumentKey(pendingRecords, TextKey(unchecked: "\(generation)/\(id)"))
    }

    static func pendingCategory(_ id: CategoryID, _ generation: Int64) -> DocumentKey {
        DocumentKey(pendingCategories, TextKey(unchecked: "\(generation)/\(id)"))
    }

    static func soldUnits(of order: OrderID, _ generation: Int64) -> DocumentKey {
        DocumentKey(soldUnits, TextKey(unchecked: "\(generation)/\(order)"))
    }

    /// The units of a product that were sold.
    static func sold(_ id: ProductID, _ generation: Int64) -> CounterKey {
        CounterKey(unchecked: "catalog/sold/\(generation)/\(id)")
    }

    /// The units of a SKU that are on hand and promised to nobody; a SKU that is kept in stock has at most 200 bytes.
    static func available(_ sku: SKU, _ generation: Int64) -> CounterKey {
        CounterKey(unchecked: "catalog/available/\(generation)/\(sku)")
    }
}
