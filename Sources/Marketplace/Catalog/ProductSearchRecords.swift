public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceStorage

/// Keeps a record of every product for a search, with its stock, its sales and its rating: a projection.
///
/// ```swift
/// let records = ProductSearchRecords(in: environment)
/// let runner = ProjectionRunner(records, store: store, signal: store, identifiers: identifiers)
/// try await runner.catchUp()
/// try await records.deliver { changed in /* put them into the index */ }
/// ```
///
/// It follows the events of products, categories, reviews, orders and stock; the stock of an inventory that is not kept
/// in this store comes through its relay. Changed records wait until they were delivered, so an index that was away
/// misses nothing. When a category was moved, ``refreshMovedCategories(generation:)`` renews the records below it.
public struct ProductSearchRecords: Projection {
    /// The name under which it keeps how far it has come.
    public let name: ProjectionName = "catalog-search-records"
    /// The events it follows.
    public let filter = EventFilter.categories(["product", "category", "review", "order", "stock"])
    /// Each event can change a product or, of an order, up to 200.
    public let batchLimit = 40

    let environment: ServiceEnvironment
    let orders: Repository<Order>

    /// The records in the environment's store.
    public init(in environment: ServiceEnvironment) {
        self.environment = environment
        orders = environment.repository()
    }

    /// The record of a product; nil when there is none yet.
    ///
    /// - Parameters:
    ///   - id: The product.
    ///   - generation: How often the projection was rebuilt.
    /// - Returns: The record.
    /// - Throws: ``CatalogError``, when the store fails.
    public func record(of id: ProductID, generation: Int64 = 0) async throws(CatalogError) -> ProductSearchRecord? {
        try await read(CatalogKeySpace.record(id, generation), as: ProductSearchRecord.self)?.value
    }

    /// How a product is liked and sold.
    public func statistics(of id: ProductID, generation: Int64 = 0) async throws(CatalogError) -> ProductStatistics {
        try await reading { () async throws(StoreError) in
            let ratings = try await RatingHistogram.load(of: id, from: store)
            let sold = try await store.counter(CatalogKeySpace.sold(id, generation))
            return ProductStatistics(ratings: ratings, unitsSold: sold)
        }
    }

    /// Adds to the counters of stock and sales what events say, and renews the records they change.
    public func apply(
        _ events: [RecordedEvent],
        to transaction: inout Transaction,
        reading source: ProjectionSource
    ) async throws {
        let generation = source.generation
        var changes = ProductSearchChanges()
        for event in events { try changes.add(event, codec: codec) }
        var sold: [OrderID: SoldUnits] = [:]
        for order in changes.orders { sold[order] = SoldUnits(of: try await orders.loadForProjection(order).root) }
        do throws(CatalogError) {
            for (order, units) in sold { try await count(units, of: order, generation, in: &changes, &transaction) }
            for (sku, units) in changes.availableBySKU {
                transaction.add(units, to: CatalogKeySpace.available(sku, generation))
                if let holder = try await read(CatalogKeySpace.sku(sku), as: SKUHolder.self) {
                    changes.products.insert(holder.value.productID)
                }
            }
            for (product, units) in changes.soldByProduct {
                transaction.add(units, to: CatalogKeySpace.sold(product, generation))
            }
            for category in changes.movedCategories {
                let key = CatalogKeySpace.pendingCategory(category, generation)
                let entry = IndexEntry(Self.generationIndex, .integer(generation))
                transaction.write(DocumentWrite(key, body: try encoded(category), indexEntries: [entry]))
            }
            for product in changes.products.sorted() {
                try await renew(product, generation, with: changes, in: &transaction)
            }
        } catch {
            // A runner waits out what the store says of itself.
            if case .failed(let failure) = error { throw failure }
            throw error
        }
    }
}

extension ProductSearchRecords: StoreService {
    package typealias Failure = CatalogError

    package var store: any Store { environment.store }
    package var codec: any PayloadCodec { environment.codec }
    /// Each lost race means that the record was renewed by somebody else.
    package var maximumAttempts: Int { 16 }

    static var generationIndex: String { "generation" }
}
