public import MarketplaceCore

/// Store credit that expires at one time.
public struct StoreCreditLot: Sendable, Hashable, Codable {
    /// Until when it can be spent: at that time it cannot any more.
    public let expiresAt: Timestamp
    /// How much, above zero.
    public let amount: Money

    /// A lot of these parts.
    public init(expiresAt: Timestamp, amount: Money) {
        self.expiresAt = expiresAt
        self.amount = amount
    }
}
