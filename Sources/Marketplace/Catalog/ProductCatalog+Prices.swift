public import MarketplaceCore
public import MarketplaceDomain

extension ProductCatalog {
    /// The price at which a buyer who is in these groups can have so many units now, by the server's clock; see
    /// ``ProductVariant/price(for:taking:at:)``.
    public func price(
        of sku: SKU,
        for groups: Set<BuyerGroup> = [],
        taking quantity: Quantity = .one
    ) async throws(CatalogError) -> AppliedPrice {
        try await onSale(sku).variant.price(for: groups, taking: quantity, at: environment.now)
    }

    /// One line of an order, priced by the catalogue.
    public func line(
        for request: CatalogLineRequest,
        groups: Set<BuyerGroup> = []
    ) async throws(CatalogError) -> OrderLine {
        try await lines(for: [request], groups: groups)[0]
    }

    /// The lines of an order, priced by the catalogue: whatever a client says of prices, products and sellers is not
    /// asked for.
    ///
    /// Lines of one SKU count together for prices by quantity. Prices that hold for a time are those of one point in time
    /// for all lines, by the server's clock.
    ///
    /// - Parameters:
    ///   - requests: What is wanted, 1...``Order/maximumLines`` lines.
    ///   - groups: The groups the buyer is in, as the server knows them.
    /// - Returns: A line for each request, in their order.
    /// - Throws: ``CatalogError``: a SKU is unknown, or its product is not on sale.
    public func lines(
        for requests: [CatalogLineRequest],
        groups: Set<BuyerGroup> = []
    ) async throws(CatalogError) -> [OrderLine] {
        guard !requests.isEmpty else { throw .refused(.noLines) }
        guard requests.count <= Order.maximumLines else {
            throw .refused(.tooManyLines(count: requests.count, maximum: Order.maximumLines))
        }
        let totals = try Self.totals(of: requests)
        let now = environment.now
        var found: [SKU: OnSale] = [:]
        var lines: [OrderLine] = []
        for request in requests {
            let sku = request.sku
            let offer: OnSale
            if let known = found[sku] { offer = known } else { offer = try await onSale(sku) }
            found[sku] = offer
            let price = offer.variant.price(for: groups, taking: totals[sku] ?? request.quantity, at: now)
            lines.append(
                OrderLine(
                    sku: sku,
                    variantID: offer.variant.id,
                    productID: offer.product.id,
                    sellerID: offer.product.sellerID,
                    quantity: request.quantity,
                    unitPrice: price.unitPrice
                )
            )
        }
        return lines
    }

    private struct OnSale {
        let product: ProductListing
        let variant: ProductVariant
    }

    private func onSale(_ sku: SKU) async throws(CatalogError) -> OnSale {
        guard let product = try await product(sku: sku), let listed = product.variant(sku) else {
            throw .refused(.unknownSKU(sku))
        }
        guard product.status == .active else { throw .refused(.notOnSale(product.id, product.status)) }
        return OnSale(product: product, variant: listed.variant)
    }

    private static func totals(of requests: [CatalogLineRequest]) throws(CatalogError) -> [SKU: Quantity] {
        var totals: [SKU: Quantity] = [:]
        for request in requests {
            do throws(QuantityError) {
                totals[request.sku] = try totals[request.sku]?.adding(request.quantity) ?? request.quantity
            } catch {
                throw .refused(.quantity(request.sku, error))
            }
        }
        return totals
    }
}
