public import MarketplaceCore
public import MarketplaceDomain

/// What a buyer should know before they buy what is in their cart.
public enum CartWarning: Sendable, Hashable {
    /// It is not sold any more; it is left out of what is to be paid.
    case notOnSale(SKU)
    /// One unit costs something else than the buyer was shown last.
    case priceChanged(SKU, seen: Money, now: Money)
    /// Fewer units can be had than are wanted; 0 when there are none.
    case insufficientStock(SKU, wanted: Quantity, available: Int64)
    /// So many cannot be bought at once; the nearest number that can, if there is one below.
    case quantityNotAllowed(SKU, wanted: Quantity, rule: QuantityRule, nearest: Quantity?)
    /// It is sold in another currency than the rest; it is left out of what is to be paid.
    case otherCurrency(SKU, Currency, rest: Currency)

    /// What it is about.
    public var sku: SKU {
        switch self {
        case .notOnSale(let sku), .priceChanged(let sku, _, _), .insufficientStock(let sku, _, _),
            .quantityNotAllowed(let sku, _, _, _), .otherCurrency(let sku, _, _):
            sku
        }
    }
}

extension CartWarning: CustomStringConvertible {
    /// The warning in a sentence.
    public var description: String {
        switch self {
        case .notOnSale(let sku): "\(sku) is not sold any more"
        case .priceChanged(let sku, let seen, let now): "\(sku) costs \(now) now, not \(seen)"
        case .insufficientStock(let sku, let wanted, let available): "\(available) of \(wanted) \(sku) can be had"
        case .quantityNotAllowed(let sku, let wanted, let rule, let nearest):
            "\(wanted) \(sku) cannot be bought at once (\(rule))" + (nearest.map { ", but \($0) can" } ?? "")
        case .otherCurrency(let sku, let currency, let rest): "\(sku) is sold in \(currency), the rest in \(rest)"
        }
    }
}
