public import MarketplaceCore
public import MarketplaceStorage

/// The rows that a read of a ``StockTable`` found.
public struct StockTableRows: Hashable, Sendable {
    /// The fencing token that is kept for each key.
    public var fences: [FenceKey: FencingToken]
    /// What is known of the SKUs.
    public var items: [SKU: StockItemRow]
    /// The levels; of a point that has none, all parts are zero.
    public var levels: [StockPoint: StockLevelRow]
    /// What members have had.
    public var counts: [MemberCountKey: MemberCountRow]
    /// The reservations.
    public var reservations: [ReservationID: ReservationBook]
    /// The changes that were recorded.
    public var changes: [MovementID: RecordedChangeRow]

    /// Makes rows; for tables.
    public init(
        fences: [FenceKey: FencingToken] = [:],
        items: [SKU: StockItemRow] = [:],
        levels: [StockPoint: StockLevelRow] = [:],
        counts: [MemberCountKey: MemberCountRow] = [:],
        reservations: [ReservationID: ReservationBook] = [:],
        changes: [MovementID: RecordedChangeRow] = [:]
    ) {
        self.fences = fences
        self.items = items
        self.levels = levels
        self.counts = counts
        self.reservations = reservations
        self.changes = changes
    }
}
