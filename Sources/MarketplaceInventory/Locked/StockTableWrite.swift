import MarketplaceCore

/// What is to be written to a ``StockTable``, all of it or nothing: rows that replace those of the same key, and
/// movements that are added.
///
/// Everything is in ascending order of its key, the order in which rows should be locked.
public struct StockTableWrite: Hashable, Sendable {
    /// What must hold for the write to be applied: one fence for each key of the lease.
    public var fences: [StockFence]
    /// What is known of SKUs.
    public var items: [StockItemRow]
    /// Levels.
    public var levels: [StockLevelRow]
    /// What members have had.
    public var counts: [MemberCountRow]
    /// Reservations, with all they are found by.
    public var reservations: [ReservationBook]
    /// Changes that were recorded.
    public var changes: [RecordedChangeRow]
    /// Movements, to be added in this order.
    public var movements: [StockMovement]

    /// Makes a write.
    public init(
        fences: [StockFence] = [],
        items: [StockItemRow] = [],
        levels: [StockLevelRow] = [],
        counts: [MemberCountRow] = [],
        reservations: [ReservationBook] = [],
        changes: [RecordedChangeRow] = [],
        movements: [StockMovement] = []
    ) {
        self.fences = fences
        self.items = items
        self.levels = levels
        self.counts = counts
        self.reservations = reservations
        self.changes = changes
        self.movements = movements
    }
}
