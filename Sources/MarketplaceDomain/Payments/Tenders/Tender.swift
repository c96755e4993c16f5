public import MarketplaceCore

/// How much of a purchase, or of a refund, one source bears.
public struct Tender: Sendable, Hashable, Codable {
    /// Where the money comes from or goes back to.
    public let source: TenderSource
    /// How much.
    public let amount: Money

    /// A tender of these parts.
    public init(_ source: TenderSource, _ amount: Money) {
        self.source = source
        self.amount = amount
    }
}
