public import MarketplaceCore

/// Units that have come in.
public struct StockReceipt: Hashable, Sendable {
    /// The movement, chosen by the caller: a repeated receipt changes nothing.
    public let id: MovementID
    /// What came in.
    public let sku: SKU
    /// How many units of it.
    public let quantity: Quantity
    /// What it was for: a purchase order, say.
    public let reference: StockReference?
    /// When it came in.
    public let time: Timestamp

    /// Makes a receipt.
    public init(
        id: MovementID,
        sku: SKU,
        quantity: Quantity,
        reference: StockReference? = nil,
        at time: Timestamp
    ) {
        self.id = id
        self.sku = sku
        self.quantity = quantity
        self.reference = reference
        self.time = time
    }
}
