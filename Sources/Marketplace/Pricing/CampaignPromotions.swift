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
                offer.codes += standing.promotions.map { PresentedCode(code, for: $0) }
                offer.countedCodes.insert(code)
            } catch {
                guard let refusal = error.refusal else { throw error }
                offer.refusedCodes[code] = refusal
            }
        }
        for promotion in promotions where promotion.limits != .none {
            offer.usage[promotion.id] = try await usage(of: promotion, purchase.buyer, member)
        }
        return offer
    }

    private func usage(
        of promotion: Promotion,
        _ buyer: BuyerFacts,
        _ member: MemberKey
    ) async throws(CouponError) -> PromotionUsage {
        let limits = promotion.limits
        var usage = PromotionUsage()
        if limits.total != nil { usage.total = try await redemptions.used(.total, of: promotion.id) }
        if limits.perMember != nil {
            usage.byMember = try await redemptions.used(.member(member), of: promotion.id)
        }
        if let limit = limits.perAttribute, let value = buyer.attributes[limit.name] {
            usage.byAttribute = try await redemptions.used(
                .attribute(name: limit.name, value: value),
                of: promotion.id
            )
        }
        if let budget = limits.budget {
            usage.spentMinor = try await redemptions.used(.budget(budget.currency), of: promotion.id)
        }
        return usage
    }
}
