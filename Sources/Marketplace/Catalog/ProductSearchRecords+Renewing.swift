import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

extension ProductSearchRecords {
    /// Writes the record of a product anew, and notes that it waits to be delivered, unless nothing has changed.
    ///
    /// Counters are read as they are without the transaction, so what it adds to them is taken from `changes`.
    func renew(
        _ id: ProductID,
        _ generation: Int64,
        with changes: ProductSearchChanges,
        in transaction: inout Transaction
    ) async throws(CatalogError) {
        let key = CatalogKeySpace.record(id, generation)
        // Read before the product: whoever renews it meanwhile makes this commit fail.
        let stored = try await read(key, as: ProductSearchRecord.self)
        guard let listing = try await read(CatalogKeySpace.product(id), as: ProductListing.self)?.value else { return }
        var record = ProductSearchRecord(
            listing,
            categories: try await lineage(of: listing.categories),
            isInStock: try await isInStock(listing, generation, with: changes),
            statistics: try await statistics(of: id, generation, with: changes),
            revision: stored?.value.revision ?? 0
        )
        guard record != stored?.value else { return }
        record.revision += 1
        let expected = stored.map { ExpectedRevision.exactly($0.revision) } ?? .absent
        transaction.write(DocumentWrite(key, body: try encoded(record), expecting: expected))
        transaction.write(
            DocumentWrite(
                CatalogKeySpace.pendingRecord(id, generation),
                body: try encoded(id),
                indexEntries: [IndexEntry(Self.generationIndex, .integer(generation))]
            )
        )
    }

    /// Counts what an order sells, less what it was counted with before.
    ///
    /// What was counted is kept with each order, so that no event is counted twice, whatever becomes of the order.
    func count(
        _ units: SoldUnits,
        of order: OrderID,
        _ generation: Int64,
        in changes: inout ProductSearchChanges,
        _ transaction: inout Transaction
    ) async throws(CatalogError) {
        let key = CatalogKeySpace.soldUnits(of: order, generation)
        let stored = try await read(key, as: SoldUnits.self)
        guard units != stored?.value else { return }
        for (product, difference) in units.differences(from: stored?.value) where difference != 0 {
            changes.addSold(difference, of: product)
        }
        let expected = stored.map { ExpectedRevision.exactly($0.revision) } ?? .absent
        transaction.write(DocumentWrite(key, body: try encoded(units), expecting: expected))
    }

    private func isInStock(
        _ listing: ProductListing,
        _ generation: Int64,
        with changes: ProductSearchChanges
    ) async throws(CatalogError) -> Bool {
        let skus = listing.variants.map(\.variant.sku)
        guard !skus.isEmpty else { return false }
        let keys = skus.map { CatalogKeySpace.available($0, generation) }
        let values = try await reading { () async throws(StoreError) in try await store.counters(keys) }
        return zip(skus, keys).contains { sku, key in
            Int128(values[key] ?? 0) + Int128(changes.availableBySKU[sku] ?? 0) > 0
        }
    }

    private func statistics(
        of id: ProductID,
        _ generation: Int64,
        with changes: ProductSearchChanges
    ) async throws(CatalogError) -> ProductStatistics {
        let stored = try await statistics(of: id, generation: generation)
        let sold = Int128(stored.unitsSold) + Int128(changes.soldByProduct[id] ?? 0)
        return ProductStatistics(ratings: stored.ratings, unitsSold: Int64(clamping: sold))
    }
}
