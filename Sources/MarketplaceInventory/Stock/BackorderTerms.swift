public import MarketplaceCore

/// How many units may be promised that are not there, and for when: a backorder, or a pre-order of what never was.
public struct BackorderTerms: Hashable, Sendable, Codable {
    /// How many units may be promised at once at each location.
    public var limit: Quantity
    /// When they are expected: what a buyer is told, kept with the reservation.
    public var promisedAt: Timestamp

    /// Makes terms.
    public init(limit: Quantity, promisedAt: Timestamp) {
        self.limit = limit
        self.promisedAt = promisedAt
    }
}
