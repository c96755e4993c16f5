public import MarketplaceCore

/// So many units of a line of an order.
public struct LineUnits: Sendable, Hashable, Codable {
    /// The line or the delivery charge.
    public let lineID: BasketLineID
    /// How many units.
    public let units: Int

    /// So many units of a line.
    public init(_ lineID: BasketLineID, _ units: Int) {
        self.lineID = lineID
        self.units = units
    }
}
