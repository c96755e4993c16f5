public import MarketplaceCore

/// What is to become of one line of an order.
public struct OrderLineChange: Sendable, Hashable, Codable {
    /// The line, by its place in the order.
    public let lineIndex: Int
    /// How many units of it are wanted from now on; 0 takes the line off.
    public let units: Int
    /// What one more unit is sold for when there are to be more: its discount, tax and price, the number of units being
    /// that of the added ones. Nil: at the price of the line, without tax that would have to be told.
    public let added: FrozenShares.Run?

    /// A change of one line.
    public init(lineIndex: Int, units: Int, added: FrozenShares.Run? = nil) {
        self.lineIndex = lineIndex
        self.units = units
        self.added = added
    }
}
