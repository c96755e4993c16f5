public import MarketplaceCore
public import MarketplaceCoupons
public import MarketplaceDomain
public import MarketplacePromotions

extension Checkout {
    /// What a purchase comes to now, and why: what a buyer is shown before they decide.
    ///
    /// Nothing is claimed. State its total in the ``Purchase``, and whatever changes until it is bought, the buyer never
    /// pays another amount than the one they saw.
    ///
    /// - Parameters:
    ///   - purchase: What is to be paid for.
    ///   - buyer: Who buys.
    /// - Returns: The priced basket, and the codes that cannot be used, with the reason.
    /// - Throws: ``QuoteError`` when it cannot be priced, or promotions cannot be read.
    public func quote(_ purchase: Purchase, for buyer: MemberID) async throws(QuoteError) -> Quote {
        let member = purchase.buyer.member ?? MemberKey(buyer)
        let (priced, offer) = try await pricing.price(purchase, by: member, in: nil, at: wallClock.now)
        return Quote(priced: priced, refusedCodes: offer.refusedCodes)
    }
}

/// What a purchase comes to, and why.
public struct Quote: Sendable, Hashable {
    /// What is to be paid, line by line, with what became of every promotion and code.
    public let priced: PricedBasket
    /// The codes that cannot be used, and why.
    public let refusedCodes: [CouponCode: CouponRefusal]
}

/// Why there is no quote.
public enum QuoteError: EffectStating, Hashable {
    /// The purchase cannot be priced.
    case refused(PricingRefusal)
    /// Promotions, codes or limits could not be read.
    case coupons(CouponError)

    /// Nothing was changed.
    public var effect: EffectOutcome {
        switch self {
        case .refused(let refusal): refusal.effect
        case .coupons(let error): error.effect
        }
    }
}

extension QuoteError: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .refused(let refusal): refusal.description
        case .coupons(let error): error.description
        }
    }
}
