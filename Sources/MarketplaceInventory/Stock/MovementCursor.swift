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
