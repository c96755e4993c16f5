public import MarketplaceCore

/// So many units of a line of an order that are to come back, and why.
public struct ReturnItem: Sendable, Hashable, Codable {
    /// The line of the order, from 0.
    public let lineIndex: Int
    /// How many units.
    public let quantity: Quantity
    /// Why.
    public let reason: ReturnReason

    /// An item of these parts.
    public init(lineIndex: Int, quantity: Quantity, reason: ReturnReason) {
        self.lineIndex = lineIndex
        self.quantity = quantity
        self.reason = reason
    }
}
