/// What a movement adds to the parts of a stock level.
public struct StockDeltas: Hashable, Sendable {
    /// The change of the units on hand.
    public var onHand: Int64
    /// The change of the units that are held.
    public var held: Int64
    /// The change of the units that are allocated.
    public var allocated: Int64
    /// The change of the units that are promised and not there yet.
    public var backordered: Int64
    /// The change of the units that are on their way.
    public var incoming: Int64
    /// The change of the units that are there and cannot be sold.
    public var damaged: Int64

    /// Makes deltas.
    public init(
        onHand: Int64 = 0,
        held: Int64 = 0,
        allocated: Int64 = 0,
        backordered: Int64 = 0,
        incoming: Int64 = 0,
        damaged: Int64 = 0
    ) {
        self.onHand = onHand
        self.held = held
        self.allocated = allocated
        self.backordered = backordered
        self.incoming = incoming
        self.damaged = damaged
    }

    /// The change of the units that are on hand and promised to nobody.
    public var unpromised: Int64 { onHand - held - allocated }

    /// The sum of two movements.
    public static func + (left: StockDeltas, right: StockDeltas) -> StockDeltas {
        StockDeltas(
            onHand: left.onHand + right.onHand,
            held: left.held + right.held,
            allocated: left.allocated + right.allocated,
            backordered: left.backordered + right.backordered,
            incoming: left.incoming + right.incoming,
            damaged: left.damaged + right.damaged
        )
    }
}
