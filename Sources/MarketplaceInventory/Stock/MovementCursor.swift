/// How far a reader of movements has come: opaque, and only good for the inventory that gave it.
public struct MovementCursor: Hashable, Sendable, Codable {
    /// The marks of the inventory; for inventories.
    public let marks: [UInt64]

    /// Makes a cursor; for inventories.
    public init(marks: [UInt64]) {
        self.marks = marks
    }

    /// Before the first movement.
    public static let start = MovementCursor(marks: [])
}

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
