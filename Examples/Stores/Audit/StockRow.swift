/// The stock of one SKU: in the counters, as the sum of its movements, and as the sum of its open reservations.
public struct StockRow: Sendable, Hashable {
    /// The SKU.
    public var sku: String
    /// The counter of the units on hand.
    public var onHand: Int64
    /// The counter of the units that are held.
    public var held: Int64
    /// The counter of the units that are promised for good.
    public var allocated: Int64
    /// The counter of the units that are promised to nobody.
    public var unpromised: Int64
    /// What all movements have brought on hand.
    public var movedOnHand: Int64
    /// What all movements have put on hold.
    public var movedHeld: Int64
    /// What all movements have promised for good.
    public var movedAllocated: Int64
    /// The units that open reservations hold.
    public var reservedHeld: Int64
    /// The units that are promised for good by open reservations.
    public var reservedAllocated: Int64

    /// Makes a row.
    public init(
        sku: String,
        onHand: Int64,
        held: Int64,
        allocated: Int64,
        unpromised: Int64,
        movedOnHand: Int64,
        movedHeld: Int64,
        movedAllocated: Int64,
        reservedHeld: Int64,
        reservedAllocated: Int64
    ) {
        self.sku = sku
        self.onHand = onHand
        self.held = held
        self.allocated = allocated
        self.unpromised = unpromised
        self.movedOnHand = movedOnHand
        self.movedHeld = movedHeld
        self.movedAllocated = movedAllocated
        self.reservedHeld = reservedHeld
        self.reservedAllocated = reservedAllocated
    }
}
