public import MarketplaceCore
public import MarketplaceDomain

/// What a payout provider is asked to send, to whom, under which key.
///
/// The provider knows the account of a seller by the seller's id: account data never comes through here.
public struct PayoutRequest: Sendable, Hashable {
    /// The payout.
    public let payout: PayoutID
    /// To whom.
    public let seller: SellerID
    /// How much.
    public let amount: Money

    /// Makes a request.
    public init(payout: PayoutID, seller: SellerID, amount: Money) {
        self.payout = payout
        self.seller = seller
        self.amount = amount
    }

    /// What names this request, so that its repetition is recognised: the payout's id.
    public var key: IdempotencyKey { IdempotencyKey(payout) }
}
