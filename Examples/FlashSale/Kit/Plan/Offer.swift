package import Marketplace

/// A SKU on sale.
package struct Offer: Sendable, Hashable {
    /// What is sold.
    package let sku: SKU
    /// How many units there are at the opening.
    package let units: Int
    /// What one unit costs.
    package let price: Money
}
