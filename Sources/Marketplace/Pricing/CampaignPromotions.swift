public import MarketplaceCore
public import MarketplaceCoupons
public import MarketplacePromotions

/// Promotions whose codes belong to campaigns: coupons of members, codes of batches, shared codes.
///
/// A code that a promotion lists itself needs no campaign.
public struct CampaignPromotions: PromotionSource {
    private let promotions: [Promotion]
    private let codes: CouponCodes
    private let redemptions: CouponRedemptions
    private let listedCodes: Set<CouponCode>

    /// These promotions, with the codes of campaigns that stand for them.
    ///
    /// - Parameters:
    ///   - promotions: All promotions of the shop.
    ///   - codes: Where codes are looked up.
    ///   - redemptions: Where it is looked up how much of limits is used.
    public init(_ promotions: [Promotion], codes: CouponCodes, redemptions: CouponRedemptions) {
        self.promotions = promotions
        self.codes = codes
        self.redemptions = redemptions
        var listed: Set<CouponCode> = []
        for promotion in promotions {
            if case .code(let codes) = promotion.activation { listed.formUnion(codes) }
        }
        listedCodes = listed
    }

    /// All promotions, what each code stands for, and how much of the limits is used that are set on promotions.
    public func offer(
        for purchase: Purchase,
        by member: MemberKey,
        in redemption: RedemptionID?,
        at time: Timestamp
    ) async throws(CouponError) -> PromotionOffer {
        var offer = PromotionOffer(promotions: promotions)
        for code in purchase.codes {
            if listedCodes.contains(code) {
                offer.codes.append(PresentedCode(code))
                continue
            }
            do throws(CouponError) {
                let standing = try await codes.standing(of: code, for: member, in: redemption, at: time)
                offer.codes += standing.presented
                if standing.isCounted { offer.countedCodes.insert(code) }
            } catch {
                guard let refusal = error.refusal else { throw error }
                offer.refusedCodes[code] = refusal
            }
        }
        var buyer = purchase.buyer
        buyer.member = member
        offer.usage = try await redemptions.usage(of: promotions, by: buyer)
        return offer
    }
}
