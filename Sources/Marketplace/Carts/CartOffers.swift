public import MarketplaceCore
public import MarketplacePromotions

/// Where carts learn what is sold today, and for how much.
public protocol CartOffers: Sendable {
    /// What is sold under these SKUs; what is not on sale is left out.
    ///
    /// - Parameters:
    ///   - quantities: How many units of each are wanted, for prices by quantity.
    ///   - buyer: What the server knows of the buyer.
    ///   - time: When.
    /// - Returns: What is sold, by SKU.
    /// - Throws: ``CartError`` when the catalogue cannot be read.
    func offers(
        for quantities: [SKU: Quantity],
        to buyer: BuyerFacts,
        at time: Timestamp
    ) async throws(CartError) -> [SKU: CartOffer]
}
