import MarketplaceCore
import MarketplaceDomain
import MarketplacePromotions

/// What of a cart can be priced, and what the buyer should know; a pure rule.
struct CartDraft {
    private(set) var lines: [BasketLine] = []
    private(set) var warnings: [CartWarning] = []
    /// The currency of the first line that is sold.
    private(set) var currency: Currency?

    mutating func take(_ line: CartLine, _ offer: CartOffer?, available: Int64?) {
        guard let offer else {
            warnings.append(.notOnSale(line.sku))
            return
        }
        let price = offer.line.unitPrice
        if let currency, currency != price.currency {
            warnings.append(.otherCurrency(line.sku, price.currency, rest: currency))
            return
        }
        currency = price.currency
        if let seen = line.seenPrice, seen != price {
            warnings.append(.priceChanged(line.sku, seen: seen, now: price))
        }
        if !offer.quantityRule.allows(line.quantity) {
            warnings.append(
                .quantityNotAllowed(
                    line.sku,
                    wanted: line.quantity,
                    rule: offer.quantityRule,
                    nearest: offer.quantityRule.largest(upTo: line.quantity)
                )
            )
        }
        if let available, available < line.quantity.value {
            warnings.append(.insufficientStock(line.sku, wanted: line.quantity, available: available))
        }
        var goods = offer.line
        goods.id = line.sku.retyped()
        goods.sku = line.sku
        // What the offer is of stands on the order, also where the offer's own line does not say it.
        goods.product = goods.product ?? offer.productID?.description
        goods.variant = goods.variant ?? offer.variantID?.description
        goods.seller = goods.seller ?? offer.sellerID.map { SellerKey($0) }
        goods.quantity = line.quantity
        lines.append(goods)
    }
}
