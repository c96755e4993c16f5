public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceStorage

extension ProductCatalog {
    /// A product, for whoever may see it; nil when there is none of that id for them.
    ///
    /// A draft is seen by its seller, operators and the system; what is or was on sale by everybody.
    public func product(_ id: ProductID, by actor: CommandActor) async throws(CatalogError) -> ProductListing? {
        try await product(id).flatMap { $0.isVisible(to: actor) ? $0 : nil }
    }

    /// The product that has a variant of that SKU, for whoever may see it; nil when none has.
    public func product(sku: SKU, by actor: CommandActor) async throws(CatalogError) -> ProductListing? {
        try await product(sku: sku).flatMap { $0.isVisible(to: actor) ? $0 : nil }
    }

    /// A page of products, the newest first; a product that is changed while somebody pages keeps its place.
    ///
    /// - Parameters:
    ///   - filter: Which products; a page has fewer where there are drafts among them that the actor may not see.
    ///   - actor: Who asks.
    ///   - cursor: Where the page before ended.
    ///   - limit: How many at most, 1...``maximumPageSize``; other numbers become the nearest of these.
    /// - Returns: The page.
    /// - Throws: ``CatalogError``, when the store fails.
    public func products(
        _ filter: ProductListingFilter,
        by actor: CommandActor,
        after cursor: DocumentCursor? = nil,
        limit: Int = ProductCatalog.maximumPageSize
    ) async throws(CatalogError) -> ProductListings {
        let query = filter.query(limit: Self.clamped(limit))
        let page = try await page(of: cursor.map(query.continued) ?? query, as: ProductListing.self)
        return ProductListings(products: page.values.filter { $0.isVisible(to: actor) }, next: page.next)
    }

    /// A product, whoever asks.
    func product(_ id: ProductID) async throws(CatalogError) -> ProductListing? {
        try await read(CatalogKeySpace.product(id), as: ProductListing.self)?.value
    }

    /// The product that has a variant of that SKU, whoever asks.
    func product(sku: SKU) async throws(CatalogError) -> ProductListing? {
        guard let holder = try await read(CatalogKeySpace.sku(sku), as: SKUHolder.self)?.value else { return nil }
        return try await product(holder.productID)
    }

    /// At which prices a variant was on sale; empty when there is no such product or variant.
    ///
    /// - Complexity: linear in the number of events of the product.
    public func priceHistory(of variant: VariantID, of id: ProductID) async throws(CatalogError) -> PriceHistory {
        try await load(id, of: products, refusing: { .refused($0) }).root.priceHistory(of: variant)
    }

    /// Under which price lists a variant was on sale, and so which price applied at a time; empty when there is no such
    /// product or variant.
    ///
    /// - Complexity: linear in the number of events of the product.
    public func priceListHistory(
        of variant: VariantID,
        of id: ProductID
    ) async throws(CatalogError) -> PriceListHistory {
        try await load(id, of: products, refusing: { .refused($0) }).root.priceListHistory(of: variant)
    }
}

extension ProductListing {
    /// Whether somebody may see it.
    fileprivate func isVisible(to actor: CommandActor) -> Bool {
        status != .draft || (try? CommandRule.readDraft.check(actor, seller: sellerID)) != nil
    }
}
