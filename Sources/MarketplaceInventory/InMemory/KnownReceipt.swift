import MarketplaceCore

/// A receipt that was taken in, until the retention is over.
struct KnownReceipt: Sendable {
    let id: UInt128
    let hash: UInt64
    let time: Int64
    let sku: SKU
    let quantity: Int64
}
