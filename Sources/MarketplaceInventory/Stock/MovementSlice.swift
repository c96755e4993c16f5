/// One page of movements.
public struct MovementSlice: Hashable, Sendable {
    /// The movements.
    ///
    /// Those of one SKU are in their order; those of different SKUs need not be.
    public let movements: [StockMovement]
    /// Where to read on: no movement will ever appear before it.
    public let next: MovementCursor
    /// How many movements the reader has missed because they were forgotten before it came by.
    public let missedCount: UInt64

    /// Makes a page; for inventories.
    public init(movements: [StockMovement], next: MovementCursor, missedCount: UInt64) {
        self.movements = movements
        self.next = next
        self.missedCount = missedCount
    }
}
