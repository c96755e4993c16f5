public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceStorage

extension ProductCatalog {
    /// Adds a category, under another or at the top.
    @discardableResult
    public func createCategory(
        _ id: CategoryID,
        under parent: CategoryID? = nil,
        name: String,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CatalogError) -> CategoryTree {
        try await perform(.create(id: id, parent: parent, name: name), by: actor, key: key)
    }

    /// Gives a category another name.
    @discardableResult
    public func renameCategory(
        _ id: CategoryID,
        to name: String,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CatalogError) -> CategoryTree {
        try await perform(.rename(id, to: name), by: actor, key: key)
    }

    /// Puts a category, with all below it, under another or at the top.
    @discardableResult
    public func moveCategory(
        _ id: CategoryID,
        under parent: CategoryID?,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CatalogError) -> CategoryTree {
        try await perform(.move(id, under: parent), by: actor, key: key)
    }

    /// Takes a category out of use; products that stand in it stay.
    @discardableResult
    public func archiveCategory(
        _ id: CategoryID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CatalogError) -> CategoryTree {
        try await perform(.archive(id), by: actor, key: key)
    }

    /// Defines what a category asks of an attribute of the products in it and below it, or defines that anew.
    ///
    /// Products that are on sale stay on sale; they are checked when they are changed or put on sale again.
    @discardableResult
    public func defineAttribute(
        _ definition: AttributeDefinition,
        of category: CategoryID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CatalogError) -> CategoryTree {
        try await perform(.defineAttribute(definition, of: category), by: actor, key: key)
    }

    /// Asks no more what a category has asked of an attribute; what is asked above it is asked again.
    @discardableResult
    public func removeAttribute(
        named name: String,
        of category: CategoryID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CatalogError) -> CategoryTree {
        try await perform(.removeAttribute(name, of: category), by: actor, key: key)
    }

    /// What is asked of attributes of the products in a category; see ``CategoryTree/attributes(of:)``.
    ///
    /// - Complexity: a read for each level above the category.
    public func attributes(of category: CategoryID) async throws(CatalogError) -> [AttributeDefinition] {
        guard let listing = try await self.category(category) else { return [] }
        var chain = [listing.category.attributes]
        for id in listing.ancestors { chain.append(try await self.category(id)?.category.attributes ?? []) }
        return chain.nearest
    }

    /// Asks something of the tree of categories: any of its commands.
    ///
    /// - Parameters:
    ///   - action: What is asked.
    ///   - actor: Who asks.
    ///   - key: Names the command: repeating it returns the tree and changes nothing.
    /// - Returns: The tree as it is now.
    /// - Throws: ``CatalogError``, refused by the tree.
    /// - Complexity: linear in the number of events of the tree; a move also in the number of categories it takes along.
    @discardableResult
    public func perform(
        _ action: CategoryAction,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CatalogError) -> CategoryTree {
        let time = environment.now
        return try await record(
            ActorCommand(action, by: actor, at: time),
            on: .main,
            of: trees,
            key: key,
            at: time,
            refusing: { .refused($0) },
            also: { outcome, transaction async throws(CatalogError) in
                let tree = outcome.root
                let isMove = outcome.events.contains { if case .moved = $0 { true } else { false } }
                let changed =
                    isMove ? tree.subtree(of: action.category) : tree.category(action.category).map { [$0] } ?? []
                for category in changed {
                    let listing = CategoryListing(category: category, ancestors: tree.ancestors(of: category.id))
                    let body = try encoded(listing)
                    let key = CatalogKeySpace.category(category.id)
                    transaction.write(DocumentWrite(key, body: body, indexEntries: listing.indexEntries))
                }
            }
        ).root
    }

    /// The whole tree as its events make it, for menus and for checks.
    public func categories() async throws(CatalogError) -> CategoryTree {
        try await load(.main, of: trees, refusing: { .refused($0) }).root
    }

    /// One category; nil when there is none of that id.
    public func category(_ id: CategoryID) async throws(CatalogError) -> CategoryListing? {
        try await read(CatalogKeySpace.category(id), as: CategoryListing.self)?.value
    }

    /// A page of what stands right below a category, or at the top, in the order of the names' bytes.
    public func children(
        of parent: CategoryID?,
        after cursor: DocumentCursor? = nil,
        limit: Int = ProductCatalog.maximumPageSize
    ) async throws(CatalogError) -> CategoryListings {
        let value = parent.map(IndexValue.id) ?? .text("")
        return try await listings(CategoryListing.parentIndex, value, after: cursor, limit: limit)
    }

    /// A page of a category and all that stands below it, at any depth.
    public func subtree(
        of category: CategoryID,
        after cursor: DocumentCursor? = nil,
        limit: Int = ProductCatalog.maximumPageSize
    ) async throws(CatalogError) -> CategoryListings {
        try await listings(CategoryListing.ancestorIndex, .id(category), after: cursor, limit: limit)
    }

    private func listings(
        _ index: String,
        _ value: IndexValue,
        after cursor: DocumentCursor?,
        limit: Int
    ) async throws(CatalogError) -> CategoryListings {
        let query = DocumentQuery.indexed(
            CatalogKeySpace.categories,
            by: index,
            prefix: [value],
            limit: Self.clamped(limit)
        )
        let page = try await page(of: cursor.map(query.continued) ?? query, as: CategoryListing.self)
        return CategoryListings(categories: page.values, next: page.next)
    }
}

extension StoreService where Failure == CatalogError {
    /// Categories with all that they stand under.
    func lineage(of categories: [CategoryID]) async throws(CatalogError) -> Set<CategoryID> {
        var lineage = Set(categories)
        for id in categories {
            let listing = try await read(CatalogKeySpace.category(id), as: CategoryListing.self)
            lineage.formUnion(listing?.value.ancestors ?? [])
        }
        return lineage
    }
}
