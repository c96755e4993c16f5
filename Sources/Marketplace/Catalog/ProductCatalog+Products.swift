public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension ProductCatalog {
    /// Makes a product, as a draft.
    @discardableResult
    public func create(
        _ id: ProductID,
        of seller: SellerID,
        title: String,
        description: String = "",
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CatalogError) -> Product {
        let action = ProductAction.create(id: id, seller: seller, title: title, description: description)
        return try await perform(action, on: id, by: actor, key: key)
    }

    /// Changes how a product is described; categories it is put into must be in use.
    @discardableResult
    public func edit(
        _ id: ProductID,
        _ edit: ProductEdit,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CatalogError) -> Product {
        try await perform(.edit(edit), on: id, by: actor, key: key)
    }

    /// Offers a product in one more variant, whose SKU nobody else has.
    @discardableResult
    public func addVariant(
        _ variant: ProductVariant,
        to id: ProductID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CatalogError) -> Product {
        try await perform(.addVariant(variant), on: id, by: actor, key: key)
    }

    /// Changes the price of a variant.
    @discardableResult
    public func changePrice(
        of variant: VariantID,
        of id: ProductID,
        to price: Money,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CatalogError) -> Product {
        try await perform(.changePrice(of: variant, to: price), on: id, by: actor, key: key)
    }

    /// Puts a product on sale.
    @discardableResult
    public func activate(
        _ id: ProductID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CatalogError) -> Product {
        try await perform(.activate, on: id, by: actor, key: key)
    }

    /// Takes a product off sale for a while.
    @discardableResult
    public func suspend(
        _ id: ProductID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CatalogError) -> Product {
        try await perform(.suspend, on: id, by: actor, key: key)
    }

    /// Takes a product off sale for good; its SKUs stay taken.
    @discardableResult
    public func archive(
        _ id: ProductID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CatalogError) -> Product {
        try await perform(.archive, on: id, by: actor, key: key)
    }

    /// Asks something of a product: any of its commands.
    ///
    /// - Parameters:
    ///   - action: What is asked.
    ///   - id: Of which product.
    ///   - actor: Who asks.
    ///   - key: Names the command: repeating it returns the product and changes nothing.
    /// - Returns: The product as it is now.
    /// - Throws: ``CatalogError``: refused by the product, because a SKU is taken, or because a category cannot be used.
    @discardableResult
    public func perform(
        _ action: ProductAction,
        on id: ProductID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CatalogError) -> Product {
        let time = environment.now
        return try await record(
            ActorCommand(action, by: actor, at: time),
            on: id,
            of: products,
            key: key,
            at: time,
            refusing: { .refused($0) },
            also: { outcome, transaction async throws(CatalogError) in
                try await write(outcome, at: time, to: &transaction)
            }
        ).root
    }

    private func write(
        _ outcome: CommandOutcome<Product>,
        at time: Timestamp,
        to transaction: inout Transaction
    ) async throws(CatalogError) {
        guard let listing = ProductListing(outcome.root, at: time) else { return }
        for event in outcome.events {
            switch event {
            case .variantAdded(let added):
                try await take(added.sku, for: listing.id, added.variantID, in: &transaction)
            case .variantChanged(let change):
                try await take(change.to, for: listing.id, change.variantID, in: &transaction)
                transaction.delete(CatalogKeySpace.sku(change.from))
            case .updated(let update):
                for category in update.categories ?? [] { try await require(category, in: &transaction) }
            case .created, .priceChanged, .priceTiersChanged, .statusChanged: break
            }
        }
        if outcome.isPublished { try await checkAttributes(of: listing, in: &transaction) }
        transaction.write(
            DocumentWrite(
                CatalogKeySpace.product(listing.id),
                body: try encoded(listing),
                indexEntries: listing.indexEntries
            )
        )
    }

    /// A product is on sale only with the attributes that its categories, and those above them, ask for.
    private func checkAttributes(
        of listing: ProductListing,
        in transaction: inout Transaction
    ) async throws(CatalogError) {
        var known: [CategoryID: CategoryListing] = [:]
        var definitions: [AttributeDefinition] = []
        for id in listing.categories {
            var chain: [[AttributeDefinition]] = []
            var next: [CategoryID] = [id]
            while let above = next.first {
                if known[above] == nil {
                    let key = CatalogKeySpace.category(above)
                    guard let stored = try await read(key, as: CategoryListing.self) else { break }
                    known[above] = stored.value
                    // What is asked is what was read, or it is decided again.
                    let guarded = TransactionGuard.document(key, at: stored.revision)
                    if !transaction.guards.contains(guarded) { transaction.require(guarded) }
                }
                guard let category = known[above] else { break }
                chain.append(category.category.attributes)
                next = above == id ? category.ancestors : Array(next.dropFirst())
            }
            definitions += chain.nearest
        }
        let violations = definitions.violations(by: listing.attributes)
        guard violations.isEmpty else { throw .refused(.attributes(violations)) }
    }

    private func take(
        _ sku: SKU,
        for product: ProductID,
        _ variant: VariantID,
        in transaction: inout Transaction
    ) async throws(CatalogError) {
        let key = CatalogKeySpace.sku(sku)
        if let holder = try await read(key, as: SKUHolder.self)?.value, holder.productID != product {
            throw .refused(.skuTaken(sku, by: holder.productID))
        }
        // The product itself keeps its own SKUs apart, so what is left is a race with another product.
        let body = try encoded(SKUHolder(productID: product, variantID: variant))
        transaction.write(DocumentWrite(key, body: body, expecting: .absent))
    }

    /// A product comes into a category only while that is in use: the commit expects it as it was read.
    private func require(_ id: CategoryID, in transaction: inout Transaction) async throws(CatalogError) {
        let key = CatalogKeySpace.category(id)
        guard let stored = try await read(key, as: CategoryListing.self) else {
            throw .refused(.unknownCategory(id))
        }
        guard stored.value.category.status == .active else { throw .refused(.archivedCategory(id)) }
        transaction.require(.document(key, at: stored.revision))
    }
}

extension CommandOutcome<Product> {
    /// Whether the product is on sale by what was recorded, or was and its attributes or categories are others now.
    fileprivate var isPublished: Bool {
        root.status == .active
            && events.contains { event in
                switch event {
                case .statusChanged: true
                case .updated(let update): update.categories != nil || update.attributes != nil
                default: false
                }
            }
    }
}
