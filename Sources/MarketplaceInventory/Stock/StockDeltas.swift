/// What a movement adds to the three parts of a stock level; taken away when negative.
public struct StockDeltas: Hashable, Sendable, Codable {
    /// The change of the units on hand.
    public let onHand: Int64
    /// The change of the units held.
    public let held: Int64
    /// The change of the units allocated.
    public let allocated: Int64

    /// Makes deltas.
    public init(onHand: Int64 = 0, held: Int64 = 0, allocated: Int64 = 0) {
        self.onHand = onHand
        self.held = held
        self.allocated = allocated
    }
}
