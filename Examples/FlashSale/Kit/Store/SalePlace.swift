package import Marketplace

/// Where a sale keeps its stock, its orders, its payments and its journals.
package enum SalePlace: Sendable {
    /// In the in-memory adapters, the stock in one of its own.
    case memory
    /// All of it on one store, by which another process can go on with the sale.
    case store(any Store)
}
