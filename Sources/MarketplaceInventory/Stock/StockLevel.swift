public import MarketplaceCore

/// How many units of a SKU there are, in three disjoint parts.
public struct StockLevel: Hashable, Sendable {
    /// The SKU.
    public let sku: SKU
    /// The units that are there, whatever they are promised to.
    public let onHand: Int64
    /// The units that are set aside until a deadline; those of a hold that is overdue are among them until somebody
    /// needs them or the sweeper comes by.
    public let held: Int64
    /// The units that are promised for good and have not left yet.
    public let allocated: Int64

    /// Makes a level; for inventories.
    public init(sku: SKU, onHand: Int64, held: Int64, allocated: Int64) {
        self.sku = sku
        self.onHand = onHand
        self.held = held
        self.allocated = allocated
    }

    /// The units that can be reserved.
    public var available: Int64 { onHand - held - allocated }
}
