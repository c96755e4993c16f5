public import MarketplaceCore

/// How many units of a SKU there are at one location, and what they are promised to.
///
/// Held and allocated units are parts of those on hand; backordered, incoming and damaged units are not.
public struct StockLevel: Hashable, Sendable {
    /// The SKU.
    public let sku: SKU
    /// Where.
    public let location: LocationKey
    /// The units that are there and fit for sale, whatever they are promised to.
    public var onHand: Int64
    /// The units that are set aside until a deadline; those of a hold that is overdue are among them until somebody
    /// needs them or the sweeper comes by.
    public var held: Int64
    /// The units that are promised for good and have not left yet.
    public var allocated: Int64
    /// The units that are promised and not there yet.
    public var backordered: Int64
    /// The units that are on their way.
    public var incoming: Int64
    /// The units that are there and cannot be sold.
    public var damaged: Int64
    /// How many units are not to be reserved, by the terms of the SKU.
    public var safetyStock: Int64

    /// Makes a level; for inventories.
    public init(
        sku: SKU,
        location: LocationKey = .main,
        onHand: Int64 = 0,
        held: Int64 = 0,
        allocated: Int64 = 0,
        backordered: Int64 = 0,
        incoming: Int64 = 0,
        damaged: Int64 = 0,
        safetyStock: Int64 = 0
    ) {
        self.sku = sku
        self.location = location
        self.onHand = onHand
        self.held = held
        self.allocated = allocated
        self.backordered = backordered
        self.incoming = incoming
        self.damaged = damaged
        self.safetyStock = safetyStock
    }

    /// The units that are on hand and promised to nobody: on hand − held − allocated, never below zero.
    public var unpromised: Int64 { onHand - held - allocated }

    /// The units that can be reserved: those promised to nobody, less the safety stock.
    public var available: Int64 { max(0, unpromised - safetyStock) }
}

extension StockLevel {
    /// The level after a movement.
    mutating func add(_ deltas: StockDeltas) {
        onHand += deltas.onHand
        held += deltas.held
        allocated += deltas.allocated
        backordered += deltas.backordered
        incoming += deltas.incoming
        damaged += deltas.damaged
    }
}
