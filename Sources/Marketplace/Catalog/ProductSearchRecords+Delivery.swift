import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

extension ProductSearchRecords {
    /// The most records that one delivery hands over: what an index takes in one update.
    public static let deliveryLimit = 500

    /// Hands changed records over until none waits, and returns how many were handed over.
    ///
    /// A record waits until `index` has returned without an error, and again when it changed meanwhile. So it may be
    /// handed over twice, and two deliveries at once may hand over an older one later: an index keeps the one with the
    /// higher revision.
    ///
    /// - Parameters:
    ///   - generation: How often the projection was rebuilt.
    ///   - index: Puts the records into the index, and takes out those that are not listed.
    /// - Returns: How many records were handed over.
    /// - Throws: ``CatalogError``, or what `index` throws.
    @discardableResult
    public func deliver(
        generation: Int64 = 0,
        to index: ([ProductSearchRecord]) async throws -> Void
    ) async throws -> Int {
        var count = 0
        var isDrained = false
        while !isDrained, !Task.isCancelled {
            let query = DocumentQuery.indexed(
                CatalogKeySpace.pendingRecords,
                by: Self.generationIndex,
                prefix: [.integer(generation)],
                limit: Self.deliveryLimit
            )
            let waiting = try await store.documents(matching: query).documents
            var records: [ProductSearchRecord] = []
            for document in waiting {
                let id = try decoded(ProductID.self, from: document.body)
                if let record = try await record(of: id, generation: generation) { records.append(record) }
            }
            if !records.isEmpty { try await index(records) }
            for document in waiting { try await forget(document) }
            count += records.count
            isDrained = waiting.count < Self.deliveryLimit
        }
        return count
    }

    /// Renews the records of products that stand below a category that was moved, and returns how many products that
    /// were.
    ///
    /// It begins again where it crashed from the start; records that are right already are left alone.
    @discardableResult
    public func refreshMovedCategories(generation: Int64 = 0) async throws(CatalogError) -> Int {
        let catalog = ProductCatalog(in: environment)
        let query = DocumentQuery.indexed(
            CatalogKeySpace.pendingCategories,
            by: Self.generationIndex,
            prefix: [.integer(generation)],
            limit: ProductCatalog.maximumPageSize
        )
        let waiting = try await reading { () async throws(StoreError) in try await store.documents(matching: query) }
        var count = 0
        for document in waiting.documents {
            let root = try decoded(CategoryID.self, from: document.body)
            var categories = try await catalog.subtree(of: root)
            while true {
                for listing in categories.categories {
                    count += try await renewAll(in: listing.category.id, generation)
                }
                guard let next = categories.next else { break }
                categories = try await catalog.subtree(of: root, after: next)
            }
            try await forget(document)
        }
        return count
    }

    private func renewAll(in category: CategoryID, _ generation: Int64) async throws(CatalogError) -> Int {
        var query: DocumentQuery? = .indexed(
            CatalogKeySpace.products,
            by: ProductListing.categoryIndex,
            prefix: [.id(category)],
            limit: ProductCatalog.maximumPageSize
        )
        var count = 0
        while let current = query {
            let page = try await page(of: current, as: ProductListing.self)
            for listing in page.values { try await renewNow(listing.id, generation) }
            count += page.values.count
            query = page.next.map(current.continued)
        }
        return count
    }

    private func renewNow(_ id: ProductID, _ generation: Int64) async throws(CatalogError) {
        try await attempting { () async throws(CatalogError) -> Void? in
            var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
            try await renew(id, generation, with: ProductSearchChanges(), in: &transaction)
            guard !transaction.isEmpty else { return () }
            if case .done = try await commit(transaction) { return () }
            return nil
        }
    }

    /// Deletes a note of what waits, unless it was renewed meanwhile.
    private func forget(_ document: StoredDocument) async throws(CatalogError) {
        var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
        transaction.delete(document.key, expecting: .exactly(document.revision))
        _ = try await commit(transaction)
    }
}
