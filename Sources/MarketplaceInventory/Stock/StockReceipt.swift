public import MarketplaceCore

/// Units that have come in: the most frequent ``StockChange``.
public struct StockReceipt: Hashable, Sendable {
    /// The movement, chosen by the caller: a repeated receipt changes nothing.
    public let id: MovementID
    /// What came in.
    public let sku: SKU
    /// How many units of it.
    public let quantity: Quantity
    /// Where they are now.
    public let location: LocationKey
    /// What it was for: a purchase order, say.
    public let reference: StockReference?
    /// When it came in.
    public let time: Timestamp

    /// Makes a receipt.
    public init(
        id: MovementID,
        sku: SKU,
        quantity: Quantity,
        location: LocationKey = .main,
        reference: StockReference? = nil,
        at time: Timestamp
    ) {
        self.id = id
        self.sku = sku
        self.quantity = quantity
        self.location = location
        self.reference = reference
        self.time = time
    }
}
