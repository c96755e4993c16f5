public import MarketplaceCore

/// A document that was found.
public struct SearchHit: Hashable, Sendable {
    /// Its key.
    public let key: SearchKey
    /// How well it fits the words, whatever the order of the query.
    public let score: SearchScore

    /// Makes a hit; for adapters.
    public init(_ key: SearchKey, score: SearchScore) {
        self.key = key
        self.score = score
    }
}
