public import MarketplaceCore

/// What of a refund was no more to be given, because the buyer had been given it before as goodwill: whoever bore that
/// gets it back.
public struct GoodwillReversal: Sendable, Hashable, Codable {
    /// Who bore it; nil for the marketplace itself.
    public let sellerID: SellerID?
    /// How much, in minor units of the order's currency.
    public let amountMinor: Int64

    /// So much to that bearer.
    public init(sellerID: SellerID?, amountMinor: Int64) {
        self.sellerID = sellerID
        self.amountMinor = amountMinor
    }
}
