public import MarketplaceCore

/// What is to become of one line of an order.
public struct OrderLineChange: Sendable, Hashable, Codable {
    /// The line, by its place in the order.
    public let lineIndex: Int
    /// How many units of it are wanted from now on; 0 takes the line off.
    public let units: Int
    /// What each added unit is sold for, when there are to be more; it has as many units as are added.
    ///
    /// Nil: at the price of the line, without tax that would have to be told.
    public let added: FrozenShares.Run?

    /// A change of one line.
    public init(lineIndex: Int, units: Int, added: FrozenShares.Run? = nil) {
        self.lineIndex = lineIndex
        self.units = units
        self.added = added
    }
}
